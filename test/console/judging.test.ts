import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecisionOutcome } from '../../source/case/judging/judging.ts';
import { startStory } from './console-story.ts';
import type { Story } from './console-story.ts';
import { GAP, session } from './hand-made-case.ts';

const outcome = (confirmedAfter: number, replaced = 0): DecisionOutcome => ({
  decision: {
    act: 'mark',
    verdict: 'malicious',
    targets: [],
    at: '2026-09-26T08:00:00Z',
    analyst: 'jana',
    console: 'c',
    reason: null,
    prev: '0',
    hash: '1',
  },
  sessions: 1,
  contexts: 1,
  replaced,
  confirmedBefore: 214,
  confirmedAfter,
});

const marks = (story: Story) =>
  story.effects().flatMap((effect) => (effect.effect === 'mark' ? [effect.request] : []));

test('m judges the row under the cursor and steps on', () => {
  const story = startStory();
  story.press('j', 'j', 'm', 'b');
  assert.deepEqual(marks(story), [
    { verdict: 'malicious', sessions: ['s03'], contexts: [], reason: null, seen: { s03: 12 } },
    { verdict: 'benign', sessions: ['s04'], contexts: [], reason: null, seen: { s04: 12 } },
  ]);
  assert.equal(story.state().sessions.cursorKey, 's05');
  assert.equal(story.state().status, null, 'nothing is said before it is on disk');
});

test('what happened is one line, with how to undo it, and goes away by itself', () => {
  const story = startStory();
  story.happen({
    event: 'marked',
    subject: 'g.jacobs from 95.96.75.118',
    outcome: outcome(262, 2),
    openAtAddress: 3,
    moveOnFrom: null,
  });
  assert.equal(
    story.state().status?.text,
    'g.jacobs from 95.96.75.118: malicious; +48 confirmed messages; 2 verdicts of single contexts replaced; ' +
      'same address: 3 more open contexts (A) (z undoes it)',
  );
  story.happen({ event: 'tick' });
  assert.notEqual(story.state().status, null, 'not before its time');
});

test('with a selection it is the selection that is judged, once', () => {
  const story = startStory();
  story.press('space', 'space', 'j', 'space', 'm');
  assert.deepEqual(marks(story)[0]?.sessions, ['s01', 's02', 's04']);
  assert.equal(story.state().selection.sessions.size, 0);
  story.press('V');
  assert.equal(story.state().selection.sessions.size, 3, 'brought back');
});

test('a range is judged as it was seen', () => {
  const story = startStory();
  story.press('j', 'v', 'j', 'j', 'b');
  const [asked] = story.effects();
  assert.equal(asked?.effect, 'ask-range');
  assert.deepEqual(
    [asked.anchor, asked.cursor],
    [
      { key: 's02', index: 1 },
      { key: 's04', index: 3 },
    ],
  );
  const sessions = ['s02', 's03', 's04'].map((key) => ({ key, records: 12, group: null }));
  story.happen({ event: 'range', sessions, then: asked.then, expected: 3 });
  assert.deepEqual(marks(story)[0], {
    verdict: 'benign',
    sessions: ['s02', 's03', 's04'],
    contexts: [],
    reason: null,
    seen: { s02: 1902, s03: 12, s04: 12 },
  });
});

test('a range into which rows came is not judged but shown', () => {
  const story = startStory();
  story.press('v', 'j', 'b');
  story.effects();
  story.happen({
    event: 'range',
    sessions: ['s01', 'new', 's02'].map((key) => ({ key, records: 12, group: null })),
    then: { mark: 'benign' },
    expected: 2,
  });
  assert.deepEqual(marks(story), []);
  assert.deepEqual([...story.state().selection.sessions], ['s01', 'new', 's02']);
  assert.match(story.line('status'), /^! Rows came or went inside the range/);
});

test('a reason waits in sight for the next decision, goes with it, and only with it', () => {
  const story = startStory();
  story.press('n');
  story.type('token theft, case 12');
  story.press('enter');
  assert.match(story.line('status'), /next decision because "token theft, case 12"/);
  story.press('m', 'm');
  assert.deepEqual(
    marks(story).map(({ reason }) => reason),
    ['token theft, case 12', null],
  );
});

test('a mark says what was shown of the rows: when selected, or on the screen now', () => {
  const story = startStory();
  story.press('space', 'j', 'space', 'b');
  assert.deepEqual(marks(story)[0]?.seen, { s01: 214, s03: 12 });
  story.press('V');
  story.world.sessions = story.world.sessions.map((row) => ({ ...row, records: row.records + 1 }));
  story.press('G');
  story.happen({ event: 'case-changed' });
  story.press('b');
  assert.deepEqual(marks(story)[0]?.seen, { s01: 214, s03: 12 }, 'grown out of sight: not seen');
  story.press('V', 'g', 'b');
  assert.deepEqual(marks(story)[0]?.seen, { s01: 215, s03: 13 }, 'seen now');
});

test('in an opened session it is the context that is judged', () => {
  const story = startStory();
  story.press('enter', 'j', 'm');
  const [second] = marks(story);
  assert.deepEqual([second?.contexts, second?.seen], [['c2'], { c2: 39 }]);
  story.press('k', 'enter', 'm');
  assert.deepEqual(marks(story)[0]?.contexts, ['c1'], 'from its records too');
});

test('A shows what it is before it selects', () => {
  const story = startStory();
  story.press('A');
  assert.deepEqual(story.effects(), [{ effect: 'ask-address', address: '95.96.75.118' }]);
  const context = { records: 1, digest: 'd', verdict: null, service: false };
  const reach = {
    address: '95.96.75.118',
    service: false,
    contexts: [
      { ...context, key: 'c1', session: 's05' },
      { ...context, key: 'c9', session: 's01' },
    ],
    sessions: 2,
    messages: 214,
  };
  story.happen({ event: 'address', reach });
  assert.equal(story.line('status'), '95.96.75.118: 2 contexts in 2 sessions, 214 messages.');
  assert.equal(story.line('footer'), 'Select them?  y yes  n no', 'one cell too many for one line');
  story.press('k');
  assert.equal(story.state().selection.contexts.size, 0, 'any other key is a no');
  story.happen({ event: 'address', reach: { ...reach, service: true } });
  assert.equal(
    story.line('status'),
    "95.96.75.118 is the service's own, a proxy and not the actor: 2 contexts in 2 sessions, 214 messages.",
  );
  assert.equal(story.line('footer'), 'Select them all the same?  y yes  n no', 'nothing is cut');
  story.press('y');
  story.press('m');
  assert.deepEqual(marks(story)[0], {
    verdict: 'malicious',
    sessions: [],
    contexts: ['c1', 'c9'],
    reason: null,
    seen: { c1: 1, c9: 1 },
  });
});

test('A on a session from several addresses asks to choose a context', () => {
  const story = startStory();
  story.press('j', 'j', 'j', 'j', 'A');
  assert.match(story.line('status'), /came from 2 addresses: Enter opens it/);
  assert.deepEqual(story.effects(), []);
});

test('a gap is rebutted with a reason, never without', () => {
  const story = startStory();
  story.press('shift-tab', 'b');
  assert.match(story.line('status'), /only a gap can be rebutted/);
  story.press('j', 'j', 'b', 'enter');
  assert.match(story.line('status'), /a rebuttal needs a reason/);
  assert.deepEqual(story.effects(), []);
  story.type('mailbox was on hold');
  story.press('enter');
  assert.deepEqual(story.effects(), [
    {
      effect: 'rebut-gap',
      mailbox: 'a1b2c3d4-0000-4000-8000-000000000001',
      gap: { from: GAP.from, to: GAP.to, kind: GAP.kind },
      rebutted: true,
      reason: 'mailbox was on hold',
    },
  ]);
  story.press('u');
  assert.equal(story.line('status'), 'this gap is not rebutted');
});

test('the access window of the case or of one mailbox', () => {
  const story = startStory();
  story.press('W');
  story.type('2026-09-20T06:00 2026-09-25T12:00');
  assert.equal(story.line('footer'), 'access window: 2026-09-20T06:00 2026-09-25T12:00_');
  assert.match(
    story.line('status'),
    /^FROM TO \[MAILBOX\], UTC, - leaves an end open; empty takes the window away$/,
  );
  story.press('ctrl-u');
  story.type('2026-09-20 2026-09-25T12:00');
  story.press('enter', 'W', 'ctrl-u');
  story.type('2026-09-20 - finance@contoso.example');
  story.press('enter', 'W', 'ctrl-u');
  story.type('2026-09-25 2026-09-20');
  story.press('enter');
  assert.deepEqual(
    story
      .effects()
      .map((effect) =>
        effect.effect === 'set-window' ? [effect.mailbox, effect.from, effect.to] : null,
      ),
    [
      [null, '2026-09-20T00:00:00Z', '2026-09-25T12:00:00Z'],
      ['a1b2c3d4-0000-4000-8000-000000000002', '2026-09-20T00:00:00Z', null],
    ],
  );
  assert.equal(story.line('status'), 'the end lies before the beginning');
});

test('the line of a group is judged as it told, else its sessions are only selected', () => {
  const group = session('g1', { group: { sessions: 2 }, records: 20, derived: true });
  const story = startStory(undefined, { sessions: [group, session('s99')] });
  const came = (records: number) => {
    const [asked] = story.effects();
    assert.equal(asked?.effect, 'ask-range');
    const sessions = ['s01', 's02'].map((key) => ({ key, records, group: 'g1' }));
    story.happen({ event: 'range', sessions, then: asked.then, expected: 1 });
  };
  story.press('m');
  came(10);
  const [mark] = story.effects();
  assert.equal(mark?.effect, 'mark');
  assert.deepEqual(mark.request.sessions, ['s01', 's02']);
  assert.deepEqual([mark.confirm, mark.moveOnFrom], ['always', 'g1']);

  story.press('b');
  came(11);
  assert.deepEqual(story.effects(), []);
  assert.match(story.line('status'), /Sessions or records came or went in this line/);
  assert.equal(story.state().selection.sessions.size, 2);
});

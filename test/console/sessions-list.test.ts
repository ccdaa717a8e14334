import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startStory } from './console-story.ts';
import type { Story } from './console-story.ts';
import { OVERVIEW, session, SESSIONS } from './hand-made-case.ts';

const cursor = (story: Story) => story.state().sessions.cursorKey;

test('moving: by row, by page, to both ends', () => {
  const story = startStory();
  story.press('j', 'down', 'k');
  assert.equal(cursor(story), 's02');
  story.press('G');
  assert.equal(cursor(story), 't59');
  story.press('pageUp');
  assert.equal(story.state().sessions.cursor, 65 - 7);
  story.press('g', 'k');
  assert.equal(cursor(story), 's01');
});

test('the cursor stays on its session when rows arrive above it, and on the screen row it was on', () => {
  const story = startStory();
  story.press('j', 'j');
  const row = story.state().sessions.cursor - story.state().sessions.top;
  story.world.sessions = [session('new1'), session('new2'), ...SESSIONS];
  story.happen({ event: 'case-changed' });
  assert.equal(cursor(story), 's03');
  assert.equal(story.state().sessions.cursor, 4);
  assert.equal(story.state().sessions.cursor - story.state().sessions.top, row);
});

test('the cursor stays on its session when the order changes', () => {
  const story = startStory();
  story.press('j', 's', 's', 's', 's');
  assert.equal(story.state().sessionSort, 'messages');
  assert.equal(cursor(story), 's02');
  assert.equal(story.state().sessions.cursor, 0);
  assert.match(story.frame(), /Sessions 66, most messages first/);
});

test('the cursor stays on its message when the order changes, however far it moves', () => {
  const story = startStory();
  story.press('tab', 'j', 'j', 's');
  const { messages } = story.state();
  assert.equal(messages.cursorKey, '3');
  assert.equal(messages.cursor, 211, 'the third from the end in the other order');
  story.press('s', 'w');
  assert.equal(story.state().messages.cursorKey, '3', 'and when the list is another one with it');
});

test('a session that goes leaves the cursor on its neighbour', () => {
  const story = startStory();
  story.press('j');
  story.world.sessions = SESSIONS.filter(({ key }) => key !== 's02');
  story.happen({ event: 'case-changed' });
  assert.equal(cursor(story), 's03');
});

test('at most one question per list is under way, however long a key is held', () => {
  const story = startStory();
  story.answering = false;
  const before = story.state().nextRequest;
  for (let press = 0; press < 40; press += 1) story.press('pageDown');
  assert.ok(story.state().nextRequest - before <= 2, 'one for sessions, one for messages');
});

test('an answer to an older question is dropped', () => {
  const story = startStory();
  story.answering = false;
  story.press('/');
  story.type('visser');
  const asked = story.state().sessions.asked;
  assert.ok(asked);
  assert.equal(asked.query.search, 'v');
  story.happen({
    event: 'sessions',
    number: asked.number - 1,
    key: null,
    position: null,
    page: { version: 9, total: 1, sessions: 1, from: 0, rows: [session('wrong')] },
  });
  assert.equal(story.state().sessions.rows[0]?.key, 's01');
  assert.deepEqual(story.state().sessions.asked, asked);
  story.answering = true;
  const page = { version: 1, total: 1, sessions: 1, from: 0, rows: [session('v-only')] };
  story.happen({ event: 'sessions', number: asked.number, key: null, position: null, page });
  assert.deepEqual(
    story.state().sessions.rows.map(({ key }) => key),
    ['s04', 's05', 's06'],
    'what was typed meanwhile was asked when the answer had come',
  );
});

test('a question that fails is told and waits for the next change, not for ever', () => {
  const story = startStory();
  story.answering = false;
  story.press('s');
  const number = story.state().sessions.asked?.number ?? -1;
  story.happen({ event: 'unanswered', number, problem: 'The disk is gone. Mount it.' });
  assert.match(story.line('status'), /^! The disk is gone. Mount it. \(Esc\)/);
  assert.equal(story.state().sessions.asked, null);
  story.answering = true;
  story.happen({ event: 'case-changed' });
  assert.equal(story.state().sessions.total, 66);
});

test('search as it is typed: Enter keeps it, Esc takes it back', () => {
  const story = startStory();
  story.press('/');
  story.type('visser');
  assert.equal(story.state().sessions.total, 3);
  story.press('escape');
  assert.equal(story.state().sessions.total, 66);
  story.press('/');
  story.type('visser');
  story.press('enter');
  assert.match(story.frame(), /Sessions 3, newest first, matching "visser"/);
  story.press('escape');
  assert.equal(story.state().sessions.total, 66);
});

test('a filter is in the title of both panes, and one key clears it', () => {
  const story = startStory();
  story.press('x', 'v', 'm');
  assert.deepEqual(story.state().filter, { verdict: 'malicious' });
  assert.equal(story.state().sessions.total, 1);
  assert.match(story.frame(), /Sessions 1, newest first, only malicious/);
  assert.match(
    story.frame(),
    /Messages of 1 session, 213 \+ 1 without id, 211 traced, only malicious/,
  );
  story.press('X');
  assert.deepEqual(story.state().filter, {});
  story.press('j', 'x', 'a');
  assert.equal(story.line('footer'), 'only address or CIDR: 10.20.30.40_', 'that of the row');
  story.press('end');
  story.type('5.6.7.8');
  story.press('enter');
  assert.match(
    story.line('status'),
    /^"10\.20\.30\.405\.6\.7\.8" is no IP address/,
    'not hidden all',
  );
  assert.deepEqual(story.state().filter, {});
  story.press('ctrl-u');
  story.type('10.20.30.40');
  story.press('enter', 'x', 't', 'ctrl-u');
  story.type('2026-09-24 yesterday');
  story.press('enter');
  assert.match(story.line('status'), /^"yesterday" is no time/);
  story.press('ctrl-w');
  story.type('-');
  story.press('enter');
  assert.deepEqual(story.state().filter, {
    addresses: ['10.20.30.40'],
    since: '2026-09-24T00:00:00Z',
  });
  story.press('x', 'x');
  assert.deepEqual(story.state().filter, {});
});

test('what a line begins with is replaced by what is typed, and kept by any key that moves in it', () => {
  const story = startStory();
  story.press('x', 'a');
  assert.equal(story.line('footer'), 'only address or CIDR: 95.96.75.118_');
  story.type('5.6');
  assert.equal(
    story.line('footer'),
    'only address or CIDR: 5.6_',
    'only the first letter replaces',
  );
  for (const key of ['end', 'left', 'home', 'ctrl-e', 'right']) {
    story.press('escape', 'x', 'a', key, 'end');
    story.type('0');
    assert.equal(story.line('footer'), 'only address or CIDR: 95.96.75.1180_', key);
  }
  story.press('escape', 'x', 'a', 'backspace');
  story.type('9');
  assert.equal(story.line('footer'), 'only address or CIDR: 95.96.75.119_');
  story.press('escape', 'x', 'a');
  story.happen({ event: 'paste', text: '10.0.0.0/8' });
  assert.equal(
    story.line('footer'),
    'only address or CIDR: 10.0.0.0/8_',
    'a paste replaces it, too',
  );
  story.press('enter', 'x', 'a', 'enter');
  assert.deepEqual(story.state().filter, { addresses: ['10.0.0.0/8'] }, 'Enter takes it as it is');
});

test("an offered path is replaced and can be completed; one's own reason is gone on with", () => {
  const story = startStory();
  story.press('e', 'j');
  story.type('/tmp/a.json');
  assert.match(story.line('footer'), /: \/tmp\/a\.json_$/);
  story.press('escape', 'n');
  story.type('seen in the sign-in log');
  story.press('enter', 'n');
  story.type(', too');
  assert.match(story.line('footer'), /: seen in the sign-in log, too_$/);
});

test('while rows are filtered the footer says first which key brings them back', () => {
  const story = startStory();
  assert.doesNotMatch(story.line('footer'), /X no filter/);
  story.press('x', 'v', 'm');
  for (const keys of [[], ['tab'], ['tab'], ['escape', 'enter'], ['enter'], ['enter']]) {
    story.press(...keys);
    assert.match(story.line('footer'), /^X no filter/, keys.join());
  }
  story.press('X');
  assert.match(story.line('status'), /no filter any more; X brings it back/);
  assert.doesNotMatch(story.line('footer'), /X no filter/);
  story.press('X');
  assert.deepEqual(story.state().filter, { verdict: 'malicious' });
});

test('Esc clears a filter last of all, and X brings it back', () => {
  const story = startStory();
  story.press('x', 'v', 'm', '/');
  story.type('jacobs');
  story.press('enter', 'space', 'tab', 'w', 'i');
  const { filter } = story.state();
  const left: string[] = [];
  for (let press = 0; press < 20 && Object.keys(story.state().filter).length > 0; press += 1) {
    const before = story.frame();
    story.press('escape');
    left.push(before);
  }
  assert.ok(left.length >= 6, 'details, pane, search, selection and scope went before it');
  const { sessionSearch, selection, scope, detailsShown, focus } = story.state();
  assert.deepEqual(
    [sessionSearch, selection.sessions.size, scope, detailsShown, focus],
    ['', 0, 'session', false, 'sessions'],
  );
  story.press('X');
  assert.deepEqual(story.state().filter, filter);
  story.press('escape', 'escape');
  assert.match(story.line('status'), /nothing to go back from/);
});

test('several values of a filter: any of them; those that can match nothing are refused', () => {
  const story = startStory();
  story.press('x', 'a', 'ctrl-u');
  story.type('1.2.3.4  5.6.7.9/24');
  story.press('enter');
  assert.deepEqual(story.state().filter, { addresses: ['1.2.3.4', '5.6.7.0/24'] });
  assert.match(story.frame(), /Sessions \d+, newest first, address 1\.2\.3\.4 or 5\.6\.7\.0\/24/);
  story.press('x', 'a');
  assert.equal(story.line('footer'), 'only address or CIDR: 1.2.3.4 5.6.7.0/24_', 'typed again');
  for (const wrong of ['1.2.3.4 garbage', '1.2.3.4/33', '1.2.3']) {
    story.press('ctrl-u');
    story.type(wrong);
    story.press('enter');
    assert.match(story.line('status'), /is no IP address|must be from 0 to 32/, wrong);
  }
  story.press('ctrl-u', 'enter', 'x', 'u', 'ctrl-u');
  story.type('NT AUTHORITY, g.jacobs@,');
  story.press('enter');
  assert.deepEqual(story.state().filter, { users: ['NT AUTHORITY', 'g.jacobs@'] });
});

test('a filter by mailboxes takes only mailboxes of the case', () => {
  const story = startStory();
  const [one, two] = OVERVIEW.summary.mailboxes;
  assert.ok(one?.owner != null && two?.guid != null);
  story.press('x', 'm', 'ctrl-u');
  story.type(`${one.owner.toUpperCase()} ${two.guid}`);
  story.press('enter');
  assert.deepEqual(story.state().filter, { mailboxes: [one.owner.toUpperCase(), two.guid] });
  story.press('x', 'm', 'ctrl-u');
  story.type('eve@contoso.example');
  story.press('enter');
  assert.match(story.line('status'), /no mailbox eve@contoso\.example in the case/);
});

test("details say of an address that it is the service's own", () => {
  const story = startStory({ columns: 160, rows: 48 });
  const facts = (): string => story.frame().replaceAll(/\s+/g, ' ');
  assert.doesNotMatch(facts(), /a proxy, not the actor/);
  const { sessions } = story.state();
  for (let row = 1; row < sessions.total && !/20\.190\.160\.14 \(/.test(facts()); row += 1)
    story.press('j');
  assert.match(facts(), /20\.190\.160\.14 \(the service's own: a proxy, not the actor\)/);
});

test('a list without a row has no details', () => {
  const story = startStory({ columns: 160, rows: 48 }, { sessions: [] });
  assert.match(story.frame(), /── Details ──[^]*no row here/);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { screenView } from '../../source/console/views/screen-view.ts';
import type { Size } from '../../source/console/state.ts';
import { startStory } from './console-story.ts';
import type { Story } from './console-story.ts';
import { misfits } from './frame-text.ts';
import { EMPTY_OVERVIEW, OVERVIEW, SESSIONS, TURN_OF_THE_YEAR } from './hand-made-case.ts';
import { SIGNED_IN } from './signed-in.ts';

/** MIA_WRITE_FRAMES=1 rewrites the frames; look at them before they are committed. */
const rewrite = process.env['MIA_WRITE_FRAMES'] === '1';

const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 160, rows: 48 },
  { columns: 60, rows: 15 },
];

/** What is on the screen, by the keys that lead there. */
const SCENES: Readonly<Record<string, (story: Story) => void>> = {
  panes: () => undefined,
  selected: (story) => story.press('j', 'j', 'space', 'space', 'n'),
  contexts: (story) => story.press('j', 'j', 'j', 'j', 'enter', 'j'),
  records: (story) => story.press('j', 'j', 'j', 'j', 'enter', 'enter', 'j'),
  raw: (story) => story.press('r'),
  comparison: (story) => story.press('d'),
  messages: (story) => story.press('tab', 'j', 'j'),
  'message-details': (story) => story.press('tab', 'enter'),
  found: (story) => {
    story.press('K');
    story.type('a');
  },
  exposure: (story) => story.press('shift-tab', 'j', 'j'),
  palette: (story) => {
    story.press('?');
    story.type('sel');
  },
  topics: (story) => story.press('?', 'tab', 'down'),
  topic: (story) => {
    story.press('?');
    story.type('topic sign-ins');
    story.press('enter', 'j');
  },
  filter: (story) => story.press('x'),
  importing: (story) => {
    story.press('o');
    story.type('logs');
    story.press('enter');
    const [effect] = story.effects();
    assert.equal(effect?.effect, 'import');
    story.happen({
      event: 'import',
      job: effect.job,
      jobEvent: {
        event: 'progress',
        file: 'logs/a.csv',
        bytes: 61,
        total: 100,
        rows: 900,
        secondsLeft: 11.2,
      },
    });
  },
};

const WITH_SIGN_IN_LOG = {
  ...OVERVIEW,
  signInRows: { rows: 5, accepted: 5, conflicts: 0, damaged: 0 },
};

const check = (name: string, frame: string): void => {
  const file = new URL(`../golden/frames/${name}.txt`, import.meta.url);
  if (rewrite) writeFileSync(file, frame);
  assert.equal(frame, readFileSync(file, 'utf8'), `the frame ${name} changed`);
};

for (const size of SIZES) {
  const at = `${size.columns}x${size.rows}`;
  for (const [scene, lead] of Object.entries(SCENES)) {
    test(`${scene} at ${at}`, () => {
      const story = startStory(size);
      lead(story);
      assert.deepEqual(misfits(screenView(story.state())), []);
      check(`${scene}-${at}`, story.frame());
    });
  }
  test(`sessions with sign-ins at ${at}`, () => {
    const story = startStory(size, { sessions: SIGNED_IN, overview: WITH_SIGN_IN_LOG });
    if (size.columns < 160) story.press('i');
    assert.deepEqual(misfits(screenView(story.state())), []);
    check(`signed-in-${at}`, story.frame());
  });
  for (const [pane, keys] of Object.entries({ panes: [], contexts: ['enter'] }))
    test(`${pane} over a turn of the year at ${at}`, () => {
      const story = startStory(size, TURN_OF_THE_YEAR);
      story.press(...keys);
      assert.deepEqual(misfits(screenView(story.state())), []);
      check(`years-${pane}-${at}`, story.frame());
    });
  test(`an empty case at ${at}`, () => {
    const story = startStory(size, { overview: EMPTY_OVERVIEW, sessions: [] });
    assert.deepEqual(misfits(screenView(story.state())), []);
    check(`empty-${at}`, story.frame());
  });
}

test('a record that came from another year while the span was not known anew never shows a wrong year', () => {
  const [first, ...others] = SESSIONS;
  assert.ok(first);
  const older = { ...first, lastSeen: '2025-09-24T14:13:44Z' };
  const story = startStory(undefined, { sessions: [older, ...others] });
  const rows = story.frame().split('\n').slice(2, 5);
  assert.match(rows[0] ?? '', /V Last 2026 /);
  assert.match(rows[1] ?? '', /M 2025-09-24 {2}g\.jacobs@/);
  assert.match(rows[2] ?? '', /B 09-24 13:02 g\.jacobs@/);
});

test('from 120 columns subjects have more room than names', () => {
  for (const columns of [120, 140, 160, 200]) {
    const story = startStory({ columns, rows: 40 });
    story.press('tab');
    const head = story.frame().split('\n')[2] ?? '';
    const names = head.slice(head.indexOf('From'), head.indexOf('To ')).length;
    const subject = /Subject( |$)[^S]*/.exec(head.padEnd(columns))?.[0].length ?? 0;
    assert.ok(subject >= 20 && subject > 2 * names, `${subject} and ${names} at ${columns}`);
  }
});

test('below 60x15 one sentence says so, and everything is back when it fits again', () => {
  const story = startStory();
  const before = story.frame();
  story.happen({ event: 'resize', size: { columns: 59, rows: 14 } });
  assert.match(story.frame(), /mia needs 60x15; this terminal is 59x14/);
  story.press('j', 'm');
  story.happen({ event: 'resize', size: { columns: 80, rows: 24 } });
  assert.equal(story.frame(), before, 'keys do nothing that one could not see');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heightOf, layoutOf, listRows } from '../../source/console/layout.ts';
import type { Overview } from '../../source/case/overview.ts';
import { startStory } from './console-story.ts';
import { OVERVIEW, SESSIONS } from './hand-made-case.ts';

const LITTLE: Overview = {
  ...OVERVIEW,
  traceRows: { rows: 0, accepted: 0, damaged: 0 },
  rows: { ...OVERVIEW.rows, damaged: 0, conflicts: 0 },
  summary: {
    ...OVERVIEW.summary,
    messages: { confirmed: 0, presumed: 0, open: 31, benignOnly: 0 },
    unidentified: { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 },
    itemsMissing: 0,
    mailboxes: [],
    correspondents: { senders: 0, recipients: 0, outside: 0 },
    exposedTrace: { resolved: 0, unresolved: {} },
  },
};

test('at 80x24 no line of Exposure is empty: the messages have it', () => {
  for (const overview of [OVERVIEW, LITTLE]) {
    const story = startStory(undefined, { overview });
    const lines = story.frame().split('\n');
    const title = lines.findIndex((line) => line.includes('Exposed so far'));
    const exposure = lines.slice(title + 1, title + heightOf(layoutOf(story.state()), 'exposure'));
    assert.ok(exposure.length > 0 && exposure.every((line) => line.trim() !== ''), story.frame());
  }
  const much = startStory();
  const little = startStory(undefined, { overview: LITTLE });
  const rows = (story: typeof much): number => listRows(layoutOf(story.state()), 'messages');
  assert.ok(rows(little) > rows(much), `${rows(little)} and ${rows(much)}`);
});

test('lines that few sessions leave empty are the messages’, and opening one moves nothing', () => {
  const few = startStory(undefined, { sessions: SESSIONS.slice(0, 4) });
  const many = startStory();
  const rows = (story: typeof few): number => listRows(layoutOf(story.state()), 'messages');
  assert.ok(rows(few) > rows(many), `${rows(few)} and ${rows(many)}`);
  assert.equal(listRows(layoutOf(few.state()), 'left'), 4);
  const before = rows(few);
  few.press('enter');
  assert.equal(rows(few), before);
  few.press('enter');
  assert.equal(rows(few), rows(many), 'its forty records need their share');
  few.press('escape', 'escape');
  assert.equal(rows(few), before);
});

test('in the narrow pane what is presumed of a mailbox is not cut for the words beside its figures', () => {
  const story = startStory();
  story.press('shift-tab', 'j');
  assert.match(
    story.frame(),
    /> g\.jacobs@ {9}214 \+ 1 confirmed, 1,588 presumed, 20 open {2}whole: sync/,
  );
  story.happen({ event: 'resize', size: { columns: 140, rows: 40 } });
  assert.match(story.frame(), /214 \+ 1 without id confirmed, .* whole: sync, gap/);
});

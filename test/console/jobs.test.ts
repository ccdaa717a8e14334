import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportEvent } from '../../source/import/import-events.ts';
import { startStory } from './console-story.ts';
import type { Story } from './console-story.ts';
import { EMPTY_OVERVIEW, OVERVIEW } from './hand-made-case.ts';

const startImport = (story: Story): ((jobEvent: ImportEvent) => void) => {
  story.press('o');
  story.type('"my logs/a.csv" b.csv');
  story.press('enter');
  const [effect] = story.effects();
  assert.equal(effect?.effect, 'import');
  assert.deepEqual(effect.paths, ['my logs/a.csv', 'b.csv']);
  return (jobEvent) => story.happen({ event: 'import', job: effect.job, jobEvent });
};

const progress: ImportEvent = {
  event: 'progress',
  file: 'b.csv',
  bytes: 610,
  total: 1000,
  rows: 12,
  secondsLeft: 11.4,
};
const [source] = OVERVIEW.sources;
assert.ok(source);
const jobEvent: ImportEvent = {
  event: 'source',
  source: { ...source, alreadyImported: false },
  warnings: [],
  moreWarnings: 0,
  losses: 0,
  problem: null,
};

test('an import shows its progress, and ends in one line with the outcomes of all rows', () => {
  const story = startStory();
  const tell = startImport(story);
  tell(progress);
  assert.match(story.frame().split('\n')[0] ?? '', /importing 61 %, 12 s left$/);
  tell(jobEvent);
  tell({ event: 'finished' });
  assert.equal(
    story.state().status?.text,
    'imported 1 file; 3,000 rows: 2,600 accepted, 100 of other operations, 297 duplicate, 1 conflicting, 2 damaged',
  );
  assert.equal(story.state().job, null);
});

test('a file that was refused stays in sight until Esc', () => {
  const story = startStory();
  const tell = startImport(story);
  tell({ event: 'refused', file: 'x.png', problem: 'x.png is an image. Import the log.' });
  tell({ event: 'finished' });
  assert.match(story.line('status'), /^! x.png is an image. Import the log. \(Esc\)$/);
  story.press('j');
  assert.match(story.line('status'), /^! x.png/);
  story.press('escape');
  assert.doesNotMatch(story.line('status'), /x.png/);
});

test('of several files that were refused all are named, as far as there is room', () => {
  const story = startStory();
  const tell = startImport(story);
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    tell({ event: 'refused', file: `in/${name}.png`, problem: 'the file is empty' });
  tell({ event: 'finished' });
  assert.equal(
    story.state().error,
    'a.png: the file is empty. Nothing came of b.png, c.png, d.png, 1 more either; mia import says why of each',
  );
});

test('Esc asks before it cancels the job; Ctrl-C cancels it; the end is told once', () => {
  const story = startStory();
  const tell = startImport(story);
  story.press('escape');
  assert.match(story.line('footer'), /^Cancel the import\?/);
  story.press('escape');
  assert.deepEqual(story.effects(), []);
  story.press('ctrl-c');
  assert.equal(story.effects()[0]?.effect, 'cancel-job');
  tell(progress);
  assert.match(story.frame().split('\n')[0] ?? '', /cancelling the import$/);
  tell({ event: 'cancelled' });
  assert.match(story.line('status'), /the import was cancelled: nothing of it is kept/);
});

test('q asks only while a job runs', () => {
  const story = startStory();
  startImport(story);
  story.press('q');
  assert.match(story.line('footer'), /^An import is running. Cancel it and leave\?/);
  story.press('y');
  assert.deepEqual(
    story.effects().map(({ effect }) => effect),
    ['cancel-job', 'leave'],
  );
  const other = startStory();
  other.press('q');
  assert.deepEqual(
    other.effects().map(({ effect }) => effect),
    ['leave'],
  );
});

test('a second job waits for the first', () => {
  const story = startStory();
  startImport(story);
  story.press('o');
  assert.equal(story.line('status'), 'a job is running (import): Ctrl-C cancels it');
});

test('the first rows of an import do not drag an untouched cursor down with them', () => {
  const story = startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] });
  const all = startStory().world.sessions;
  const tell = startImport(story);
  story.world.overview = OVERVIEW;
  story.world.sessions = all.slice(20);
  tell({ event: 'arrived' });
  assert.equal(story.state().sessions.cursorKey, 't14');
  story.world.sessions = all;
  tell({ event: 'arrived' });
  assert.equal(story.state().sessions.cursorKey, 't14', 'while it runs, a key judges what one saw');
  tell({ event: 'finished' });
  assert.equal(story.state().sessions.cursorKey, 's01');
});

test('export asks for the format and the path', () => {
  const story = startStory();
  story.press('e', 'c');
  assert.equal(story.line('footer'), 'write the CSV sheets to folder: exposure-csv_');
  story.press('tab');
  assert.deepEqual(story.effects(), [{ effect: 'complete-path', text: 'exposure-csv' }]);
  story.press('enter');
  const [effect] = story.effects();
  assert.equal(effect?.effect, 'export');
  story.happen({ event: 'exported', job: effect.job, format: 'csv', files: ['a/messages.csv'] });
  assert.equal(story.line('status'), 'exported as csv: a/messages.csv');
});

test('D opens the demo from an empty case only', () => {
  const story = startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] });
  story.press('D');
  assert.equal(story.effects()[0]?.effect, 'load-demo');
  const full = startStory();
  full.press('D');
  assert.match(full.line('status'), /only an empty case makes room for the demo/);
});

test('nothing is imported into the demo, which is deleted on leaving', () => {
  const story = startStory();
  story.press('o');
  assert.match(story.line('footer'), /^import \(Tab completes\)/);
  story.press('escape');
  const empty = startStory({ columns: 80, rows: 24 }, { overview: EMPTY_OVERVIEW, sessions: [] });
  empty.press('D');
  const job = empty.state().job?.id ?? 0;
  empty.happen({ event: 'demo-loaded', job });
  empty.press('o');
  assert.equal(
    empty.line('status'),
    'the demo is deleted on leaving: import into your own case, mia --case DIR FILE',
  );
  assert.equal(empty.state().dialog, null);
});

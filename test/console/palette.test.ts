import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf } from '../../source/console/actions/commands.ts';
import { paletteCommands } from '../../source/console/actions/palette.ts';
import { screenView } from '../../source/console/views/screen-view.ts';
import { TOPIC_NAMES, topicText } from '../../source/help/topic-text.ts';
import { startStory, type Story } from './console-story.ts';
import { misfits, paneText } from './frame-text.ts';

const found = (story: Story, search: string): string => {
  story.press(':');
  story.type(search);
  return paneText(screenView(story.state()), 'whole');
};

test('a command of another pane is found, and it is said where it works', () => {
  const story = startStory();
  assert.match(found(story, 'rebut'), /b {9}rebut gap {6}works in Exposure/);
  story.press('enter');
  assert.match(story.line('status'), /^"rebut gap" works in Exposure: Tab leads there$/);
  assert.equal(story.state().dialog, null, 'and nothing was done');
  story.press('shift-tab');
  assert.equal(story.state().focus, 'exposure');
  assert.match(
    found(story, 'benign step'),
    /b {9}benign {9}works in Sessions, Messages and Details/,
  );
});

test('a command that can do nothing here says why', () => {
  const story = startStory();
  assert.match(found(story, 'drop selection'), /V {9}drop selection not here: nothing is selected/);
  story.press('escape', 'shift-tab');
  assert.match(
    found(story, 'raw record of the row'),
    /not here: exposure follows from many records/,
  );
});

test('a command of a menu is found with all its keys, and run as if they had been pressed', () => {
  const story = startStory();
  assert.match(found(story, 'only malicious'), /x v m {5}malicious {6}Only malicious/);
  story.press('enter');
  assert.deepEqual(story.state().filter, { verdict: 'malicious' });
  assert.equal(story.state().dialog, null);
  found(story, 'sheets');
  story.press('enter');
  assert.match(story.line('footer'), /^write the CSV sheets to folder: exposure-csv_$/);
});

test('a menu that does not open runs nothing in it', () => {
  const story = startStory();
  story.press('o');
  story.type('logs');
  story.press('enter');
  assert.match(found(story, 'sheets'), /e c .* not here: a job is running/);
  story.press('enter');
  assert.match(story.line('status'), /^a job is running \(import\)/);
  assert.equal(story.state().dialog, null);
});

test('what is of the pane in focus comes first, and nothing twice', () => {
  const story = startStory();
  story.press('tab', ':');
  const ids = paletteCommands(story.state());
  const here = ids.map((id) => commandOf(id).keyContexts.includes('messages'));
  assert.deepEqual(
    here,
    here.toSorted((one, other) => Number(other) - Number(one)),
  );
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ['prompt-erase', 'question-yes', 'close-menu', 'palette-run'] as const)
    assert.ok(!ids.includes(id), `${id} is no command to look for`);
});

test('all of it fits, at any size and with the cursor on any command', () => {
  for (const size of [
    { columns: 60, rows: 15 },
    { columns: 80, rows: 24 },
    { columns: 160, rows: 48 },
  ]) {
    const story = startStory(size);
    story.press('?');
    for (const _ of paletteCommands(story.state())) {
      story.press('down');
      assert.deepEqual(misfits(screenView(story.state())), []);
    }
  }
});

test('help topics follow the commands, and are found by their words', () => {
  const story = startStory();
  assert.match(found(story, 'topic numbers'), /> topic {5}numbers {8}What the numbers mean/);
  story.press('enter');
  assert.match(
    paneText(screenView(story.state()), 'whole'),
    /^.. Help: numbers, lines 1 to \d+ of/,
  );
  story.press('escape');
  assert.match(
    paneText(screenView(story.state()), 'whole'),
    /find: topic numbers/,
    'back in the list it was chosen from',
  );
  story.press('escape');
  assert.equal(story.state().dialog, null);
});

test('a help topic is read to its last line, at any size, and every word of it is shown', () => {
  for (const columns of [60, 80, 160]) {
    const story = startStory({ columns, rows: 15 });
    story.press('?', 'tab', 'enter');
    const [topic] = TOPIC_NAMES;
    const lines = topicText(topic ?? '', columns - 6) ?? [];
    const shown = (): string => paneText(screenView(story.state()), 'whole');
    let read = shown();
    for (let at = 0; at < lines.length; at += 1) {
      story.press('j');
      assert.deepEqual(misfits(screenView(story.state())), []);
      read += shown();
    }
    for (const word of lines.join(' ').split(/\s+/)) assert.ok(read.includes(word), word);
    story.press('g');
    assert.match(shown(), /lines 1 to/);
    story.press('G', 'x', 'q');
    assert.equal(story.state().dialog?.dialog, 'palette', 'another key does nothing');
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellWidth } from '../../source/console/cells.ts';
import { narrowedTitle } from '../../source/console/words/filter.ts';
import { startStory } from './console-story.ts';

const WHAT = { counted: 'Messages of 1 session, 1,214', more: ', 211 traced' };

test('a title says what narrows the list', () => {
  const none = { filter: {}, search: '' };
  assert.equal(narrowedTitle(WHAT, none, 75), 'Messages of 1 session, 1,214, 211 traced');
  assert.equal(
    narrowedTitle(WHAT, { filter: { addresses: ['10.0.0.1'] }, search: 'offer' }, 80),
    'Messages of 1 session, 1,214, 211 traced, address 10.0.0.1, matching "offer"',
  );
});

test('of a long search the end is seen, where it is typed, and how many were found', () => {
  const narrowed = { filter: {}, search: 'the passport scan of the second mate' };
  assert.equal(narrowedTitle(WHAT, narrowed, 44), 'Messages of 1 session, 1,214…, "…econd mate"');
  assert.equal(narrowedTitle(WHAT, narrowed, 39), 'Messages of 1 session, 1,214…, "… mate"');
  assert.equal(
    narrowedTitle(WHAT, narrowed, 70),
    'Messages of 1 session, 1,214, 211 …, "…ssport scan of the second mate"',
  );
});

test('a figure is shown whole or not at all', () => {
  const none = { filter: {}, search: '' };
  assert.equal(narrowedTitle(WHAT, none, 34), 'Messages of 1 session, 1,214, 211…');
  assert.equal(narrowedTitle(WHAT, none, 33), 'Messages of 1 session, 1,214, …');
  assert.equal(narrowedTitle(WHAT, none, 28), 'Messages of 1 session, …');
  assert.equal(narrowedTitle(WHAT, none, 26), 'Messages of 1 session, …');
});

test('no title is wider than its room, and the last letter typed is always in it', () => {
  for (const search of [
    'a',
    'abc def',
    '会議の件'.repeat(9),
    '\u001b[2J'.repeat(9),
    'z'.repeat(90),
  ])
    for (let room = 20; room < 120; room += 1) {
      const title = narrowedTitle(WHAT, { filter: { verdict: 'malicious' }, search }, room);
      assert.ok(cellWidth(title) <= room, `${title} in ${room}`);
      assert.match(title, /[acfJz件]"$/);
    }
});

test('the filter line of the palette follows its caret', () => {
  const story = startStory({ columns: 60, rows: 24 });
  story.press('?');
  story.type(`${'nothing here '.repeat(6)}tail`);
  assert.match(story.frame(), /find: ….* tail_\n/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RAW, startStory } from './console-story.ts';
import type { Story } from './console-story.ts';

/** A record of sixty lines, three of them with "needle", one broken over two lines of the terminal. */
const PRETTY = Array.from({ length: 60 }, (_, index) => {
  if (index === 5 || index === 40) return `  "Needle": ${index}`;
  return index === 50 ? `${'x'.repeat(73)}needle${'y'.repeat(20)}` : `  "line": ${index}`;
}).join('\n');

const openRecord = (): Story => {
  const story = startStory();
  story.answering = false;
  story.press('r');
  const level = story.state().opened[0];
  assert.ok(level?.level === 'raw' && level.asked !== null);
  story.happen({
    event: 'raw',
    number: level.asked,
    raw: { ...RAW, pretty: PRETTY, alsoIn: [] },
  });
  return story;
};

const found = (story: Story): string | undefined =>
  story
    .frame()
    .split('\n')
    .find((line) => line.startsWith('> '));

test('/ in a raw record goes to the next place with the text, and from the last to the first', () => {
  const story = openRecord();
  story.press('/');
  assert.match(story.line('footer'), /find in this record/);
  story.type('needle');
  story.press('enter');
  assert.match(found(story) ?? '', /"Needle": 5/);
  assert.match(story.line('status'), /^found: 1 of 3; \/ Enter finds the next/);
  story.press('/', 'enter');
  assert.match(found(story) ?? '', /"Needle": 40/);
  story.press('/', 'enter');
  assert.match(found(story) ?? '', /xxxnee$/, 'where it begins, though the line was broken in it');
  story.press('/', 'enter');
  assert.match(found(story) ?? '', /"Needle": 5/);
});

test('what is not in the record is said beside the line, and nothing moves', () => {
  const story = openRecord();
  story.press('/');
  story.type('nowhere');
  story.press('enter');
  assert.match(story.line('status'), /not in this record/);
  story.press('escape');
  assert.equal(found(story), undefined);
});

test('the line that says where the record is from is whole in 60 columns', () => {
  const story = startStory({ columns: 60, rows: 15 });
  story.press('r');
  const [, , place = ''] = story.frame().split('\n');
  assert.match(place, /SHA-256 [0-9a-f]{12}…(; y copies the row)?$/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { periodWords } from '../../source/console/words/window.ts';
import { startStory } from './console-story.ts';

test('a period may be typed as it is said', () => {
  const read = {
    '2026-09-20 2026-09-25': ['2026-09-20', '2026-09-25'],
    '2026-09-20 to 2026-09-25': ['2026-09-20', '2026-09-25'],
    'from 2026-09-20 TO - anna@contoso.example': ['2026-09-20', '-', 'anna@contoso.example'],
    '2026-09-20 14:00 to 2026-09-25 09:30:01 UTC': ['2026-09-20T14:00', '2026-09-25T09:30:01'],
    '- to 2026-09-25T12:00Z': ['-', '2026-09-25T12:00Z'],
    from: [],
    '': [],
  };
  for (const [text, words] of Object.entries(read))
    assert.deepEqual(periodWords(text), words, text);
});

test('the prompt for the window says what it takes, and understands "A to B"', () => {
  const story = startStory();
  story.press('W');
  assert.match(story.line('status'), /FROM TO \[MAILBOX\], UTC, - leaves an end open/);
  story.type('2026-09-20 14:00 to 2026-09-25 finance@contoso.example');
  story.press('enter');
  const [window] = story.effects();
  assert.deepEqual(window, {
    effect: 'set-window',
    mailbox: 'a1b2c3d4-0000-4000-8000-000000000002',
    from: '2026-09-20T14:00:00Z',
    to: '2026-09-25T00:00:00Z',
    reason: null,
  });
});

test('a word too many is refused, not dropped', () => {
  const story = startStory();
  story.press('W');
  story.type('2026-09-20 to 2026-09-25 finance@contoso.example tomorrow');
  story.press('enter');
  assert.match(story.line('status'), /"tomorrow" is too much: FROM TO \[MAILBOX\]/);
  assert.deepEqual(story.effects(), []);
});

test('a filter by time understands it, too', () => {
  const story = startStory();
  story.press('x', 't', 'ctrl-u');
  story.type('2026-09-20 to 2026-09-25');
  story.press('enter');
  assert.deepEqual(story.state().filter, {
    since: '2026-09-20T00:00:00Z',
    until: '2026-09-25T00:00:00Z',
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Effect } from '../../source/console/effect.ts';
import { COMMANDS } from '../../source/console/actions/commands.ts';
import { startStory } from './console-story.ts';
import { OVERVIEW } from './hand-made-case.ts';

const WHY = 'its disk is read-only';
const SAID = `read-only (${WHY}): nothing can be marked or imported here`;
const READ_ONLY = { ...OVERVIEW, readOnly: WHY };

/** Effects that change a case, or take something into it. */
const WRITING: ReadonlySet<Effect['effect']> = new Set<Effect['effect']>([
  ...(['mark', 'undo', 'redo', 'set-window', 'rebut-gap'] as const),
  ...(['import', 'fetch', 'lookup'] as const),
]);

/** What a key comes to, with Enter and y after it: a prompt accepted, a question answered. */
const effectsOf = (readOnly: string | null, place: string, key: string): readonly Effect[] => {
  const story = startStory({ columns: 120, rows: 40 }, { overview: { ...OVERVIEW, readOnly } });
  for (let turn = 0; turn < 3 && story.state().focus !== place; turn++) story.press('tab');
  story.press(key);
  if (story.state().dialog !== null) story.press('enter');
  if (story.state().dialog !== null) story.press('y');
  return story.effects();
};

test('no key of a read-only case writes, and each that would says why not', () => {
  const writing = new Set<string>();
  for (const { id, keys, keyContexts } of COMMANDS)
    for (const place of ['sessions', 'messages', 'exposure'] as const) {
      const [key] = keys;
      if (key === undefined || !keyContexts.includes(place)) continue;
      const writes = effectsOf(null, place, key).some(({ effect }) => WRITING.has(effect));
      if (writes) writing.add(id);
      const story = startStory({ columns: 120, rows: 40 }, { overview: READ_ONLY });
      for (let turn = 0; turn < 3 && story.state().focus !== place; turn++) story.press('tab');
      story.press(key);
      // What the palette runs says it there.
      if (writes && id !== 'palette' && id !== 'help')
        assert.equal(story.line('status'), SAID, `${id} in ${place}`);
      const effects = effectsOf(WHY, place, key);
      assert.deepEqual(
        effects.filter(({ effect }) => WRITING.has(effect)),
        [],
        `${id} in ${place}`,
      );
    }
  for (const id of ['mark-malicious', 'mark-benign', 'clear-verdict', 'undo', 'redo'])
    assert.ok(writing.has(id), `${id} writes where it may`);
});

test('what asks first says why not before it asks', () => {
  const story = startStory({ columns: 120, rows: 40 }, { overview: READ_ONLY });
  for (const key of ['n', 'W', 'o', 'f', 't', 'T', 'S']) {
    story.press(key);
    assert.equal(story.line('status'), SAID, key);
    assert.equal(story.state().dialog, null, key);
  }
});

test('the header says so, in as many words as there is room for', () => {
  const head = (columns: number): string =>
    startStory({ columns, rows: 24 }, { overview: READ_ONLY }).frame().split('\n')[0] ?? '';
  assert.match(head(160), /open +read-only: nothing can be marked or imported here$/);
  assert.match(head(80), /read-only$/);
  assert.match(head(60), /read-only$/);
});

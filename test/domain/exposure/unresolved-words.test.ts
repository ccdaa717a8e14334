import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  UNRESOLVED,
  UNRESOLVED_SHORT,
  unresolvedShort,
} from '../../../source/domain/exposure/exposure-words.ts';

test('From ids to people: no reason says what became of the message, or that it never was', () => {
  for (const words of [...Object.values(UNRESOLVED), ...Object.values(UNRESOLVED_SHORT)])
    assert.doesNotMatch(words, /delet|never|gone|lost|purged|does not exist|unsent/i);
});

test('short reasons leave room for an id in the narrowest pane, and none is like another', () => {
  const short = Object.values(UNRESOLVED_SHORT);
  for (const words of short) assert.ok(words.length <= 20, words);
  assert.equal(new Set(short).size, short.length);
});

test('a reason of a later version is shown as it is named', () => {
  assert.equal(unresolvedShort('notFound'), 'looked up in vain');
  assert.equal(unresolvedShort('somethingNew'), 'somethingNew');
});

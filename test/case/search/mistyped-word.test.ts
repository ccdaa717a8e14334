import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededRandom } from '../../../scripts/generator/random.ts';
import { mistyped } from '../../../source/case/search/mistyped-word.ts';

/** Fewest edits that turn some part of a text into the word; an exchange of neighbours is one. */
const edits = (word: string, text: string): number => {
  let [older, old] = [[...text, ''].map(() => 0), [...text, ''].map(() => 0)];
  for (let row = 1; row <= word.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= text.length; at += 1) {
      const same = word[row - 1] === text[at - 1] ? 0 : 1;
      const fewest = Math.min(old[at]! + 1, now[at - 1]! + 1, old[at - 1]! + same);
      const exchanged =
        row > 1 && at > 1 && word[row - 1] === text[at - 2] && word[row - 2] === text[at - 1];
      now.push(exchanged ? Math.min(fewest, older[at - 2]! + 1) : fewest);
    }
    [older, old] = [old, now];
  }
  return Math.min(...old);
};

it('tells a mistyped word as counting all edits does', () => {
  const random = seededRandom(8);
  let typos = 0;
  for (let trial = 0; trial < 10_000; trial += 1) {
    const word = random.text('abcd', random.between(4, 14));
    const text = random.text('abcd', random.below(40));
    const expected = edits(word, text) <= (word.length < 11 ? 1 : 2);
    assert.equal(mistyped(word)(text), expected, `${word} in ${text}`);
    typos += Number(expected);
  }
  assert.ok(typos > 500, `${typos} typos`);
});

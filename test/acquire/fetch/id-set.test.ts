import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { IdSet } from '../../../source/acquire/fetch/id-set.ts';

/** Ids that recur, guids that differ in one place only, and what is no guid. */
const anyId = fc.oneof(
  fc.uuid(),
  fc
    .tuple(fc.nat({ max: 31 }), fc.constantFrom(...'0123456789abcdefA'))
    .map(([at, digit]) => `${'0'.repeat(at)}${digit}${'0'.repeat(31 - at)}`)
    .map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')),
  fc.string({ maxLength: 3 }),
  fc.uuid().map((id) => id.toUpperCase()),
);

describe('the ids a fetch has seen', () => {
  it('are told apart as texts are', () => {
    fc.assert(
      fc.property(fc.array(anyId, { maxLength: 300 }), (ids) => {
        const [mine, texts] = [new IdSet(), new Set<string>()];
        for (const id of [...ids, ...ids.slice(0, 9)]) {
          mine.add(id);
          texts.add(id);
          assert.equal(mine.size, texts.size);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are held beyond what it begins with', () => {
    const ids = new IdSet();
    const guid = (number: number): string =>
      `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
    for (let number = 1; number <= 5000; number += 1) ids.add(guid(number));
    for (let number = 1; number <= 5000; number += 1) ids.add(guid(number));
    assert.equal(ids.size, 5000);
  });
});

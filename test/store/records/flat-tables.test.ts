import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AccessCounters } from '../../../source/store/records/access-counters.ts';
import { HashNumbers } from '../../../source/store/records/hash-numbers.ts';

const anyHash = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  // Alike in their lowest 32 bits, which choose the slot.
  fc.integer({ min: 0, max: 0x1f_ffff }).map((high) => high * 0x1_0000_0000 + 7),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);

const numbersOf = (table: HashNumbers, hash: number): readonly number[] => {
  const numbers: number[] = [];
  for (let slot = table.first(hash); slot >= 0; slot = table.next(slot, hash))
    numbers.push(table.number(slot));
  return numbers;
};

describe('numbers by hash, in flat arrays', () => {
  it('give all numbers of a hash and no others, however they collide', () => {
    fc.assert(
      fc.property(fc.array(anyHash, { maxLength: 3000 }), fc.array(anyHash), (hashes, others) => {
        const table = new HashNumbers();
        hashes.forEach((hash, at) => table.add(hash, at + 1));
        assert.equal(table.size, hashes.length);
        for (const hash of new Set([...hashes, ...others])) {
          const expected = hashes.flatMap((one, at) => (one === hash ? [at + 1] : []));
          assert.deepEqual(
            numbersOf(table, hash).toSorted((a, b) => a - b),
            expected,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are given up when they are more than memory is meant for', () => {
    const table = new HashNumbers();
    for (let number = 1; !table.full; number += 1) table.add(number * 7919, number);
    assert.equal(table.complete, true);
    table.giveUp();
    assert.deepEqual([table.complete, table.full], [false, false]);
    table.add(1, 1);
    assert.equal(table.complete, false);
  });
});

describe('accesses of a batch, in flat arrays', () => {
  const anyAccess = fc.record({
    context: fc.integer({ min: 1, max: 6 }),
    message: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 0xffff_ffff })),
    time: fc.integer({ min: -5, max: 5 }),
  });
  const accessesOf = (counters: AccessCounters): readonly (readonly number[])[] =>
    [...counters.byContext()].map((place) => [
      counters.contexts[place] ?? 0,
      counters.messages[place] ?? 0,
      counters.firsts[place] ?? 0,
      counters.lasts[place] ?? 0,
      counters.times[place] ?? 0,
    ]);

  it('are added up as a map would, and come by context in the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyAccess, { maxLength: 400 }), { maxLength: 3 }),
        (batches) => {
          const counters = new AccessCounters();
          for (const batch of batches) {
            counters.clear();
            const added = new Map<string, number[]>();
            for (const { context, message, time } of batch) {
              counters.add(context, message, time);
              const key = `${context} ${message}`;
              const [, , first = time, last = time, times = 0] = added.get(key) ?? [];
              const [from, to] = [Math.min(first, time), Math.max(last, time)];
              added.set(key, [context, message, from, to, times + 1]);
            }
            const expected = [...added.values()].sort(([a = 0], [b = 0]) => a - b);
            assert.deepEqual(accessesOf(counters), expected);
            assert.equal(counters.size, expected.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

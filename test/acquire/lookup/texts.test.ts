import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Texts } from '../../../source/acquire/lookup/texts.ts';

test('texts have the number of their first coming, and come back as they were', () => {
  // Few letters, so that some come twice; and lengths that fill more than a block.
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'A', ' ', 'é', '\0', '😀'), maxLength: 4 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.integer({ min: 1, max: 9 }).map((times) => 'long'.repeat(times * 40_000)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), (given) => {
      const texts = new Texts();
      const numbers = new Map<string, number>();
      for (const one of given) {
        assert.equal(texts.find(one), numbers.get(one) ?? -1);
        if (!numbers.has(one)) numbers.set(one, numbers.size);
        assert.equal(texts.add(one), numbers.get(one));
      }
      assert.equal(texts.length, numbers.size);
      for (const [one, number] of numbers) assert.equal(texts.at(number), one);
    }),
    { numRuns: 30 },
  );
});

test('as many as it takes to make room some times', () => {
  const texts = new Texts();
  const given = Array.from({ length: 30_000 }, (_, at) => `${at % 7} ${at * at}@contoso.example`);
  for (const [at, one] of given.entries()) assert.equal(texts.add(one), at);
  for (const [at, one] of given.entries())
    assert.deepEqual([texts.find(one), texts.at(at)], [at, one]);
  assert.equal(texts.find('nobody'), -1);
});

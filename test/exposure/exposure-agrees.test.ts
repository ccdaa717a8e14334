/**
 * The exposure computed a second time, from the raw files and the lines of decisions.jsonl, sharing
 * nothing with `source/`: what the program prints of a hundred generated cases is the same in all.
 */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { world } from '../commands/run-mia.ts';
import { differences } from './compare-figures.ts';
import type { Figures } from './figures.ts';
import { generatedCase } from './generated-case.ts';
import { traitCounts } from './hard-traits.ts';
import { plainExposure } from './plain-exposure.ts';
import { type ProductFigures, productFigures } from './product-figures.ts';

const CASES = 100;

/** Every twentieth has more records in a day than the service logs. */
const bothOf = async (
  t: TestContext,
  seed: number,
): Promise<{ readonly product: ProductFigures; readonly plain: Figures }> => {
  const place = world(t);
  const { log, steps } = await generatedCase(place, seed, seed % 20 === 0);
  return { product: await productFigures(place), plain: plainExposure(log, steps) };
};

describe('The exposure agrees with a computation apart', () => {
  const all: Figures[] = [];

  for (let seed = 1; seed <= CASES; seed += 1)
    it(`in case ${seed}`, async (t) => {
      const { product, plain } = await bothOf(t, seed);
      all.push(plain);
      assert.deepEqual(differences(product, plain), []);
    });

  it('in cases that hold whatever is hard', () => {
    const missing = Object.entries(traitCounts(all)).filter(([, cases]) => cases === 0);
    assert.deepEqual(missing, []);
  });
});

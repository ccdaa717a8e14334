/** The comparison itself: whatever single figure the program printed otherwise, it would be found. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { world } from '../commands/run-mia.ts';
import { differences } from './compare-figures.ts';
import { generatedCase } from './generated-case.ts';
import { plainExposure } from './plain-exposure.ts';
import { type ProductFigures, productFigures } from './product-figures.ts';

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'something' : `${String(value)}x`;
};

/** Names on the way to each figure. */
const pathsOf = (tree: Tree): readonly (readonly string[])[] =>
  Object.entries(tree).flatMap(([name, value]) =>
    isTree(value) ? pathsOf(value).map((path) => [name, ...path]) : [[name]],
  );

/** A copy with one figure changed. */
const withChange = (figures: ProductFigures, path: readonly string[]): ProductFigures => {
  const copy = structuredClone(figures) as unknown as Tree;
  const parent = path.slice(0, -1).reduce<Tree>((tree, name) => tree[name] as Tree, copy);
  const last = path.at(-1) ?? '';
  parent[last] = changed(parent[last]);
  return copy as unknown as ProductFigures;
};

describe('The comparison', () => {
  it('finds each single figure that is changed, and each message that is left out', async (t) => {
    const place = world(t);
    const { log, steps } = await generatedCase(place, 6, false);
    const product = await productFigures(place);
    const plain = plainExposure(log, steps);
    assert.deepEqual(differences(product, plain), []);
    const paths = pathsOf(product as unknown as Tree);
    assert.ok(paths.length > 200, `${paths.length} figures`);
    for (const path of paths)
      assert.equal(differences(withChange(product, path), plain).length, 1, path.join(' / '));
    for (const name of Object.keys(product.listed.messages)) {
      const { [name]: _, ...messages } = product.listed.messages;
      const listed = { ...product.listed, messages };
      assert.equal(differences({ ...product, listed }, plain).length, 1, name);
    }
  });

  it('is with a computation that takes nothing from the program', () => {
    const folder = import.meta.dirname;
    const plain = readdirSync(folder).filter((name) => name.startsWith('plain-'));
    assert.ok(plain.length > 5);
    for (const name of plain)
      for (const [, from = ''] of readFileSync(join(folder, name), 'utf8').matchAll(/from '(.*)'/g))
        assert.match(from, /^(node:crypto|\.\/plain-[a-z]+\.ts|\.\/figures\.ts)$/, name);
  });
});

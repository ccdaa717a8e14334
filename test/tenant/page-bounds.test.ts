import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST_BOUNDS, PageBounds } from '../../source/tenant/page-bounds.ts';

test('a list ends at its pages, at pages without anything new, and at its bytes', () => {
  const small = { pages: 4, stale: 2, bytes: 2 ** 20 };
  const take = (pages: readonly (readonly [fresh: number, bytes: number])[]) => {
    const bounds = new PageBounds(small);
    return pages.map(([fresh, bytes]) => bounds.take(fresh, bytes) !== null);
  };
  const fine = [1, 10] as const;
  assert.deepEqual(take([fine, fine, fine, fine]), [false, false, false, true]);
  assert.deepEqual(take([[0, 1], fine, [0, 1], [0, 1]]), [false, false, false, true]);
  assert.deepEqual(
    take([
      [0, 1],
      [0, 1],
    ]),
    [false, true],
  );
  assert.deepEqual(
    take([
      [1, 2 ** 19],
      [1, 2 ** 19],
    ]),
    [false, true],
  );
  assert.match(new PageBounds({ ...small, bytes: 1 }).take(1, 1) ?? '', /larger than/);
  assert.ok(LIST_BOUNDS.pages > 500 && LIST_BOUNDS.bytes >= 2 ** 30, 'far beyond what is real');
});

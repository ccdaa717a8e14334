import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FetchRequest } from '../../source/acquire/fetch/fetch-records.ts';
import { unfinishedFetches } from '../../source/store/fetch-state.ts';
import { digestOf } from '../import/temporary-case.ts';
import { simulatedFetch } from '../acquire/fetch/simulated-fetch.ts';
import { killedAt } from './killed-child.ts';

const CHILD = join(import.meta.dirname, 'fetch-records.ts');

test('killed at any page and resumed: the same case, and no saved page is asked for again', async (t) => {
  const { tenant, order, expected } = await simulatedFetch(t, {
    seed: 6,
    rows: 2400,
    speed: 5000,
    auth: { expiresIn: 10_000_000 },
  });
  const run = (request: FetchRequest, until: string): Promise<string> =>
    killedAt([CHILD, order.folder, JSON.stringify(request)], order.variables, until);
  assert.equal(await run(order.request, 'pages 1'), 'pages 1');
  const [open] = unfinishedFetches(order.folder);
  assert.ok(open !== undefined, 'whoever opens the case can be told');
  for (const page of [3, 5])
    assert.equal(await run({ request: 'resume' }, `pages ${page}`), `pages ${page}`);
  assert.equal(await run({ request: 'resume' }, ''), 'finished nothingKnownMissing');
  assert.equal(digestOf(order.folder), await expected());
  const asked = tenant.log.matching(/GET .*\/records\?/);
  // Three pages in each of two passes; of each kill, the page that was on its way.
  assert.ok(asked.length >= 6 && asked.length <= 6 + 3, `${asked.length} pages were asked for`);
  const made = tenant.log.matching(/POST .*queries/);
  assert.equal(made.length, 1, 'the query that was made is the one that is resumed');
});

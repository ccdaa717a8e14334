import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FetchRequest } from '../../source/acquire/fetch/fetch-records.ts';
import { simulatedFetch } from '../acquire/fetch/simulated-fetch.ts';
import { caseOn } from '../case/on-case.ts';
import { killedAt } from './killed-child.ts';

const CHILD = join(import.meta.dirname, 'fetch-records.ts');

/** 25 days into the case: all of it so far is in reach. */
const NOW = '2026-08-28T00:00:00Z';

test('a fetch of sign-ins killed at any page goes on where it was, and asks for no page again', async (t) => {
  const { tenant, order } = await simulatedFetch(t, {
    ...{ seed: 6, rows: 200, speed: 5000, now: NOW },
    auth: { expiresIn: 10_000_000 },
    signIns: { page: 4, perTenSeconds: 1000 },
  });
  const entries = tenant.services.signIns.entries.filter(({ type }) => type.endsWith('User'));
  const users = [...new Set(entries.map(({ userPrincipalName }) => userPrincipalName))].slice(0, 4);
  const asked = {
    ...{ users, mailboxes: [], addresses: [] },
    ...{ from: '2026-08-03T00:00:00Z', to: NOW },
  };
  const run = (request: FetchRequest, until: string): Promise<string> =>
    killedAt([CHILD, order.folder, JSON.stringify(request), NOW], order.variables, until);
  assert.equal(await run({ request: 'new', api: 'signIns', asked }, 'pages 1'), 'pages 1');
  assert.equal(await run({ request: 'resume' }, 'pages 4'), 'pages 4');
  assert.equal(await run({ request: 'resume' }, ''), 'finished nothingKnownMissing');
  const [first, last] = [Date.parse(asked.from) / 1000, Date.parse(asked.to) / 1000];
  const expected = entries.filter(
    ({ userPrincipalName, at }) => users.includes(userPrincipalName) && at >= first && at <= last,
  );
  const [source] = caseOn(t, order.folder).sources();
  assert.equal(source?.accepted, expected.length);
  assert.equal(source?.rows, expected.length);
  const pages = tenant.log.matching(/signIns\?.*createdDateTime/).map(({ url }) => url);
  // Of each kill, the page that was on its way.
  assert.ok(pages.length - new Set(pages).size <= 2, `${pages.length} pages were asked for`);
  assert.ok(pages.length > 6);
});

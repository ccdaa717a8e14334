/** Answers that are none, pages that are refused, and the bounds of a fetch. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchesWithHoles, holesOf } from '../../../source/domain/fetches/fetch-status.ts';
import { openCase } from '../../../source/case/case.ts';
import { fetchRecords, type FetchOrder } from '../../../source/acquire/fetch/fetch-records.ts';
import type { FetchEvent } from '../../../source/acquire/fetch/fetch-work.ts';
import type { FetchStatement } from '../../../source/domain/fetches/fetch.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { fetchedBy, simulatedFetch } from './simulated-fetch.ts';

const GRAPH = /auditLog/;
const PAGES = /records\?/;
const NEXT = /skiptoken/;

const read = (folder: string) => {
  const theCase = openCase({ folder, analyst: null, now: () => '2026-11-24T09:00:00Z' });
  try {
    const fetches: readonly FetchStatement[] = theCase.fetches();
    return { fetches, accepted: theCase.overview().rows.accepted };
  } finally {
    theCase.close();
  }
};

const failedBy = async (order: FetchOrder): Promise<string> => {
  const events: FetchEvent[] = [];
  for await (const event of fetchRecords(order)) events.push(event);
  const end = events.at(-1);
  assert.ok(end?.event === 'failed', JSON.stringify(end));
  return end.problem;
};

const ODD: readonly (readonly [FaultName, RegExp, number])[] = [
  ['html-under-200', /POST .*queries/, 1],
  ['html-under-200', /GET .*queries\/[^/]*$/, 3],
  ['html-under-200', PAGES, 3],
  ['byte-order-mark', GRAPH, 1000],
  ['other-case', GRAPH, 1000],
];

for (const [fault, only, times] of ODD)
  test(`${fault} (${String(only)}) costs neither a record nor a query`, async (t) => {
    const { tenant, order, expected } = await simulatedFetch(t, { seed: 7, rows: 150 });
    tenant.faults.inject(fault, { only, times });
    const { statement } = await fetchedBy(order);
    assert.ok(tenant.faults.struck(fault) >= Math.min(times, 3));
    assert.equal(digestOf(order.folder), await expected());
    assert.equal(statement.outcome, 'nothingKnownMissing');
    assert.equal(statement.queries.length, 1);
    assert.equal(statement.announced, statement.received);
    assert.equal(tenant.services.audit.queries.size, 1, 'made once');
  });

test('where no page can be read, three queries, one within the other, are enough', async (t) => {
  const { tenant, order } = await simulatedFetch(t, { seed: 7, rows: 150, audit: { minutes: 4 } });
  tenant.faults.inject('html-under-200', { only: PAGES, times: 1e6 });
  const { statement, events } = await fetchedBy(order);
  assert.equal(statement.queries.length, 7);
  assert.equal(tenant.services.audit.queries.size, 7);
  assert.equal(statement.outcome, 'missing');
  assert.ok(statement.holes.some(({ why, filled }) => why === 'unreadable' && !filled));
  assert.ok(events.some((one) => one.event === 'note' && /Of 3 queries/.test(one.text)));
});

test('polls that cannot be read end it with a word, and it can be resumed', async (t) => {
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 7, rows: 60 });
  tenant.faults.inject('html-under-200', { only: /GET .*queries\/[^/]*$/, times: 1e6 });
  assert.match(await failedBy(order), /none that mia can read/);
  const [left] = read(order.folder).fetches;
  assert.deepEqual(
    left?.holes.map(({ why }) => why),
    ['unasked'],
  );
  assert.ok(left !== undefined && fetchesWithHoles([left]).length === 1, 'it is counted');
  assert.deepEqual(holesOf([left]), [], 'and is no gap: the case is as it was before');
  tenant.faults.clear();
  await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(digestOf(order.folder), await expected());
});

const REFUSED: readonly (readonly [FaultName, RegExp, RegExp])[] = [
  ['audit-next-elsewhere', PAGES, /another host/],
  ['redirect', NEXT, /another place/],
  ['token-rejected', NEXT, /no longer accepts/],
];

for (const [fault, only, why] of REFUSED)
  test(`${fault}: what came is in the case, the hole is named, and resuming brings the rest`, async (t) => {
    const { tenant, order, expected } = await simulatedFetch(t, { seed: 3, rows: 2400 });
    tenant.faults.inject(fault, { only, times: 1000 });
    assert.match(await failedBy(order), why);
    const left = read(order.folder);
    assert.ok(left.accepted > 0, 'the first page is in the case');
    const [statement] = left.fetches;
    assert.equal(statement?.outcome, 'unfinished');
    const hole = statement.holes.find((one) => one.why === 'refused');
    assert.match(hole?.said ?? '', why);
    assert.deepEqual(
      [hole?.from, hole?.to],
      [statement.asked.from, statement.asked.to],
      'no order',
    );
    tenant.faults.clear();
    const { statement: whole } = await fetchedBy({ ...order, request: { request: 'resume' } });
    assert.equal(whole.outcome, 'nothingKnownMissing');
    assert.equal(whole.received, whole.announced);
    assert.equal(digestOf(order.folder), await expected());
    assert.equal(tenant.services.audit.queries.size, 1, 'by its pages alone');
  });

test('pages that go on with the same records end after a few, and what came is in the case', async (t) => {
  const { tenant, order } = await simulatedFetch(t, { seed: 3, rows: 150 });
  tenant.faults.inject('audit-pages-endless', { only: PAGES, times: 1e6 });
  assert.match(await failedBy(order), /have no end that could be reached/);
  assert.ok(tenant.log.matching(/GET .*\/records\?/).length < 30);
  assert.ok(read(order.folder).accepted > 0);
});

test('so many requests, and so many bytes, are enough; resuming goes on', async (t) => {
  for (const [bounds, why] of [
    [{ requests: 6 }, /6 requests/],
    [{ bytes: 1000 }, /MiB/],
  ] as const) {
    const { order, expected } = await simulatedFetch(t, { seed: 3, rows: 1500 });
    assert.match(await failedBy({ ...order, bounds }), why);
    await fetchedBy({ ...order, request: { request: 'resume' } });
    assert.equal(digestOf(order.folder), await expected());
  }
});

test('no more queries are made in a day than are left to it', async (t) => {
  const audit = { recordCountLimit: 20, minutes: 4 };
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 5, rows: 200, audit });
  assert.match(
    await failedBy({ ...order, bounds: { queriesADay: 5 } }),
    /5 queries were made in 24 hours/,
  );
  assert.equal(tenant.services.audit.queries.size, 5);
  tenant.clock.advance(25 * 3_600_000);
  await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(digestOf(order.folder), await expected());
});

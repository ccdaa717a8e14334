import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchRecords } from '../../../source/acquire/fetch/fetch-records.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { caseOn } from '../../case/on-case.ts';
import { fetchedBy, type SimulatedFetch, simulatedFetch } from './simulated-fetch.ts';

/** Six days into the case: all of it is in reach. */
const NOW = '2026-08-09T00:00:00Z';
const OPTIONS: TenantOptions = {
  seed: 4,
  rows: 900,
  now: NOW,
  activity: { subscribedSince: '2026-08-01T00:00:00Z', page: 20 },
};

const byFeed = ({ order }: SimulatedFetch) => {
  if (order.request.request !== 'new') throw new Error('a new one is meant');
  const { asked } = order.request;
  return {
    ...order,
    request: { request: 'new', api: 'activity', asked: { ...asked, to: NOW } },
  } as const;
};

const untilNow = ({ tenant, expected }: SimulatedFetch) => {
  const before = new Set(
    tenant.content.records.filter(({ at }) => at * 1000 < Date.parse(NOW)).map(({ id }) => id),
  );
  return expected((id) => before.has(id), 'exchange');
};

test('the feed gives what it has, list after list, and is asked to be kept', async (t) => {
  const simulated = await simulatedFetch(t, OPTIONS);
  const { statement, events } = await fetchedBy(byFeed(simulated));
  assert.equal(digestOf(simulated.order.folder), await untilNow(simulated));
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.equal(statement.api, 'activity');
  const source = events.find((event) => event.event === 'source');
  assert.equal(source?.event === 'source' && source.source.format, 'auditdata-json');
  const writes = simulated.tenant.log.writes().map(({ url }) => url.split('?')[0]);
  assert.deepEqual(new Set(writes.map((url) => url?.split('/').at(-1))), new Set(['start']));
  const contents = simulated.tenant.log.matching(/feed\/audit\//);
  assert.equal(new Set(contents.map(({ url }) => url)).size, contents.length, 'each once');
});

test('a feed that begins now reaches back a day, and the rest is said to be out of reach', async (t) => {
  const simulated = await simulatedFetch(t, {
    ...OPTIONS,
    activity: { subscribedSince: null },
  });
  const { statement } = await fetchedBy(byFeed(simulated));
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(
    statement.holes.map(({ why, filled }) => [why, filled]),
    [['outOfReach', false]],
  );
});

test('content that is gone costs itself, and is said', async (t) => {
  const simulated = await simulatedFetch(t, OPTIONS);
  simulated.tenant.faults.inject('activity-content-gone', { skip: 3 });
  const { statement } = await fetchedBy(byFeed(simulated));
  assert.equal(statement.outcome, 'missing');
  assert.ok(statement.records > 50);
});

test('stopped in the middle and resumed, no piece is asked for again', async (t) => {
  const simulated = await simulatedFetch(t, OPTIONS);
  const { tenant, order } = simulated;
  const control = new AbortController();
  const clock = order.clock;
  assert.ok(clock !== undefined);
  const after = (milliseconds: number, call: () => void) => {
    if (tenant.log.matching(/feed\/audit\//).length >= 30) control.abort();
    return clock.after(milliseconds, call);
  };
  const stopped = { ...byFeed(simulated), clock: { ...clock, after }, signal: control.signal };
  await assert.rejects(fetchedBy(stopped), /cancelled/);
  const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.equal(digestOf(order.folder), await untilNow(simulated));
  const urls = tenant.log.matching(/feed\/audit\//).map(({ url }) => url);
  assert.ok(urls.length - new Set(urls).size <= 1, 'but for the one on its way');
});

test('what left the feed while a fetch was left is said to be out of reach', async (t) => {
  const simulated = await simulatedFetch(t, OPTIONS);
  const { tenant, order } = simulated;
  const control = new AbortController();
  const clock = order.clock;
  assert.ok(clock !== undefined);
  const after = (milliseconds: number, call: () => void) => {
    if (tenant.log.matching(/feed\/audit\//).length >= 3) control.abort();
    return clock.after(milliseconds, call);
  };
  const stopped = { ...byFeed(simulated), clock: { ...clock, after }, signal: control.signal };
  await assert.rejects(fetchedBy(stopped), /cancelled/);
  tenant.clock.advance(4 * 86_400_000);
  const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(
    statement.holes.map(({ why, to }) => [why, to.slice(0, 10)]),
    [['outOfReach', '2026-08-06']],
  );
});

test('a list that cannot be had to its end: what came is in the case, and resuming asks for no piece again', async (t) => {
  const activity = { ...OPTIONS.activity, page: 3 };
  const simulated = await simulatedFetch(t, { ...OPTIONS, activity });
  const { tenant, order } = simulated;
  tenant.faults.inject('activity-next-elsewhere', { times: 1000 });
  const ends = [];
  for await (const event of fetchRecords(byFeed(simulated))) ends.push(event.event);
  assert.equal(ends.at(-1), 'failed');
  tenant.faults.clear();
  tenant.faults.inject('redirect', { only: /feed\/audit\//, times: 1000, skip: 30 });
  const again: string[] = [];
  for await (const event of fetchRecords({ ...order, request: { request: 'resume' } }))
    again.push(event.event);
  assert.equal(again.at(-1), 'failed');
  assert.ok(again.includes('source'), 'what came is in the case');
  const past = caseOn(t, order.folder).fetches().at(-1);
  assert.ok(past?.holes.some(({ why, filled }) => why === 'refused' && !filled));
  assert.ok((past?.records ?? 0) > 0);
  tenant.faults.clear();
  const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.equal(digestOf(order.folder), await untilNow(simulated));
  const urls = tenant.log
    .matching(/feed\/audit\//)
    .filter(({ status }) => status === 200)
    .map(({ url }) => url);
  assert.equal(urls.length, new Set(urls).size, 'each once');
});

test('lists that never end are told to lack something, and end', async (t) => {
  const simulated = await simulatedFetch(t, OPTIONS);
  simulated.tenant.faults.inject('activity-list-endless', { times: 10_000 });
  const { statement } = await fetchedBy(byFeed(simulated));
  assert.equal(statement.outcome, 'missing');
  assert.ok(statement.records > 0);
  assert.ok(simulated.tenant.log.matching(/subscriptions\/content/).length < 500);
});

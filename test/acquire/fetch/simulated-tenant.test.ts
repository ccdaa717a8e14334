import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../scripts/generator/random.ts';
import { unfinishedFetches } from '../../../source/store/fetch-state.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { fetchedBy, simulatedFetch } from './simulated-fetch.ts';

/** Requests to Graph; the sign-in has tests of its own. */
const GRAPH = /auditLog/;
const PAGES = /records\?/;

/** Faults after which a patient client has everything, and where each strikes. */
const PASSING: readonly (readonly [FaultName, RegExp])[] = [
  ['server-error-500', PAGES],
  ['bad-gateway-502', GRAPH],
  ['unavailable-503', PAGES],
  ['unavailable-503-silent', GRAPH],
  ['gateway-timeout-504', PAGES],
  ['throttled-429', /POST .*queries/],
  ['throttled-429-date', GRAPH],
  ['throttled-429-silent', PAGES],
  ['connection-reset', GRAPH],
  ['answer-lost', /POST .*queries/],
  ['answer-cut', PAGES],
  ['token-rejected', GRAPH],
  ['claims-challenge', GRAPH],
  ['forbidden-for-now', GRAPH],
  ['audit-query-fails', GRAPH],
  ['audit-query-cancelled', GRAPH],
  ['audit-query-stuck', GRAPH],
  ['audit-answer-in-value', GRAPH],
  ['audit-duplicate-ids', PAGES],
  ['audit-pages-differ', PAGES],
  ['audit-empty-page', PAGES],
  ['audit-poison-once', PAGES],
  ['audit-nextlink-expired', PAGES],
];

test('whatever passes leaves the case as the truth is', async (t) => {
  for (const [fault, only] of PASSING)
    await t.test(fault, async (each) => {
      const { tenant, order, expected } = await simulatedFetch(each, { seed: 7, rows: 150 });
      tenant.faults.inject(fault, { only });
      const { statement } = await fetchedBy(order);
      assert.equal(digestOf(order.folder), await expected());
      assert.equal(statement.outcome, 'nothingKnownMissing');
      const writes = tenant.log.writes().map(({ url }) => url);
      assert.ok(writes.every((url) => /^\/(v1\.0|beta)\/security\/auditLog\/queries$/.test(url)));
    });
});

test('many pages, and a skip token that is lost between two of them', async (t) => {
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 3, rows: 2400 });
  tenant.faults.inject('audit-nextlink-expired', { only: /skiptoken/ });
  const { statement } = await fetchedBy(order);
  assert.equal(tenant.faults.struck('audit-nextlink-expired'), 1);
  assert.equal(digestOf(order.folder), await expected());
  assert.equal(statement.outcome, 'nothingKnownMissing');
});

test('back ends that are older, elsewhere, or cut what they give', async (t) => {
  const variants = [
    { api: 'beta' as const, missing: 'segment' as const },
    { api: 'beta' as const, counts: false },
    { recordCountLimit: 60, endIncluded: true },
    { recordCountLimit: 60, open: 2, secondsBetween: 30 },
  ];
  for (const audit of variants)
    await t.test(JSON.stringify(audit), async (each) => {
      const { order, expected } = await simulatedFetch(each, { seed: 5, rows: 200, audit });
      const { statement } = await fetchedBy(order);
      assert.equal(digestOf(order.folder), await expected());
      assert.equal(statement.outcome, 'nothingKnownMissing');
    });
});

test('a record that spoils every page it is on is the only one missing, and the hole is said', async (t) => {
  // Some forty queries are needed to get that close; how long one is waited for is tried above.
  const audit = { minutes: 4 };
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 9, rows: 60, audit });
  tenant.faults.inject('audit-poison-record', { only: PAGES });
  const { statement } = await fetchedBy(order);
  const { poisoned } = tenant.services.audit;
  assert.equal(poisoned.size, 1);
  assert.equal(digestOf(order.folder), await expected((id) => !poisoned.has(id)));
  assert.equal(statement.outcome, 'missing');
});

test('an answer without an end is left; narrower queries bring all of it', async (t) => {
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 13, rows: 150 });
  tenant.faults.inject('audit-answer-endless', { only: PAGES });
  const { statement } = await fetchedBy(order);
  assert.equal(tenant.faults.struck('audit-answer-endless'), 1);
  assert.deepEqual(
    statement.holes.map(({ why, filled }) => [why, filled]),
    [['spoiled', true]],
  );
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.equal(digestOf(order.folder), await expected());
});

test('what comes late is found by asking again', async (t) => {
  const { tenant, order, expected } = await simulatedFetch(t, { seed: 11, rows: 300 });
  tenant.faults.inject('audit-late-records');
  await fetchedBy(order);
  assert.notEqual(digestOf(order.folder), await expected());
  const { statement } = await fetchedBy({ ...order, request: { request: 'again', api: null } });
  assert.ok(statement.newRecords > 0);
  assert.equal(digestOf(order.folder), await expected());
});

test('random mixtures of faults, stopped and resumed at random', async (t) => {
  for (const seed of [1, 2, 3])
    await t.test(`seed ${seed}`, async (each) => {
      const random = seededRandom(seed);
      const { tenant, order, expected } = await simulatedFetch(each, { seed, rows: 1600 });
      for (const [fault, only] of PASSING)
        if (fault !== 'audit-query-stuck' && random.chance(0.4))
          tenant.faults.inject(fault, { only, probability: 0.3, times: 1 });
      const control = new AbortController();
      const stopAt = random.between(3, 12);
      let asked = 0;
      const clock = order.clock;
      assert.ok(clock !== undefined);
      const counting = {
        ...clock,
        // Each request sets a limit for itself.
        after: (milliseconds: number, call: () => void) => {
          if ((asked += 1) === stopAt) control.abort();
          return clock.after(milliseconds, call);
        },
      };
      await fetchedBy({ ...order, clock: counting, signal: control.signal }).catch(() => undefined);
      if (unfinishedFetches(order.folder).length > 0)
        await fetchedBy({ ...order, request: { request: 'resume' } });
      else if (control.signal.aborted) await fetchedBy(order);
      assert.equal(digestOf(order.folder), await expected());
    });
});

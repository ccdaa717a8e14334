import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { type ListedOrder, lookedUpBy, simulatedLookup } from './simulated-lookup.ts';

const HOUR = 3_600_000;
const OPTIONS = { seed: 7, rows: 150, mailboxes: 2, mailCount: 120 };

const accessed = (message: object): number =>
  Date.parse((message as { readonly firstAccess?: string }).firstAccess ?? '');

const latest = (messages: readonly object[]): number => Math.max(...messages.map(accessed));

/** A machine whose clock is so far ahead of the tenant's. */
const machineAhead = (order: ListedOrder, ahead: number): ListedOrder => {
  const { clock } = order;
  assert.ok(clock !== undefined);
  return { ...order, clock: { ...clock, now: () => clock.now() + ahead } };
};

/** An hour after the last access there is. */
const justThen = async (t: TestContext, options: TenantOptions = {}) => {
  const last = latest((await simulatedLookup(t, OPTIONS)).order.messages);
  const now = new Date(last + HOUR).toISOString();
  const simulated = await simulatedLookup(t, { ...OPTIONS, now, ...options });
  const messages = simulated.order.messages.filter((one) => accessed(one) > last - HOUR);
  assert.ok(messages.length > 0);
  return { ...simulated, order: { ...simulated.order, messages } };
};

test('by a clock that is hours behind no message is missing that came since', async (t) => {
  const { order, said } = await justThen(t, { tellsTime: false });
  const wrong = machineAhead(order, -4 * HOUR);
  await lookedUpBy(wrong);
  const ends = Object.values(said(wrong));
  assert.deepEqual([...new Set(ends)], ['lookupFailed'], 'nobody could ask for those hours');
});

test('where the tenant tells the time, its clock counts, whatever ours says', async (t) => {
  const simulated = await justThen(t);
  for (const hours of [-24, -4, -1, 1, 24])
    await t.test(`${hours} h`, async () => {
      const wrong = machineAhead(simulated.order, hours * HOUR);
      const { statement } = await lookedUpBy({ ...wrong, again: true });
      assert.deepEqual(simulated.said(wrong), simulated.truth(wrong));
      assert.equal(statement.failed, 0);
    });
});

test('the oldest window that has left the reach is asked for more narrowly, and is no failure', async (t) => {
  for (const [name, options, hours] of [
    ['ninety days from this moment', { trace: { reach: 'now' } }, 0],
    ['a clock a day behind', {}, -24],
    ['a clock an hour behind', {}, -1],
    ['a clock a day ahead', {}, 24],
    ['both', { trace: { reach: 'now' } }, -24],
  ] as const)
    await t.test(name, async (each) => {
      // Some of what was accessed lies before the reach of any of these, some within.
      const simulated = await simulatedLookup(each, {
        ...OPTIONS,
        ...options,
        now: '2026-11-10T09:30:00Z',
      });
      const { tenant, order, said, truth } = simulated;
      const start = Date.parse('2026-08-12T00:00:00Z');
      const owner = order.messages[0]?.mailbox?.owner;
      const messages = order.messages.filter(
        (one) =>
          one.mailbox?.owner === owner &&
          (accessed(one) < start || accessed(one) > start + 30 * HOUR),
      );
      assert.ok(messages.some((one) => accessed(one) < start));
      const wrong = machineAhead({ ...order, messages, thorough: false }, hours * HOUR);
      const { statement, events } = await lookedUpBy(wrong);
      assert.equal(statement.failed, 0);
      assert.ok(!events.some((one) => one.event === 'note' && /could not be/.test(one.text)));
      const ends = said(wrong);
      // But for what was received in the hours that this service does not give.
      const isAtTheEdge = (end: unknown): boolean =>
        typeof end === 'object' &&
        end !== null &&
        Date.parse((end as { readonly receivedAt: string }).receivedAt) < start + 25 * HOUR;
      for (const [key, end] of Object.entries(truth(wrong)))
        if (!isAtTheEdge(end)) assert.deepEqual(ends[key], end, key);
      assert.ok(Object.values(ends).includes('olderThanTrace'));
      const [refused, asked] = [400, 200].map((status) =>
        tenant.log.matching(/messageTraces/).filter((one) => one.status === status),
      );
      const least = 'trace' in options ? 1 : 0;
      const count = refused?.length ?? 0;
      assert.ok(count >= least && count <= 3, `${count} refused`);
      assert.ok((asked?.length ?? 0) > 10);
    });
});

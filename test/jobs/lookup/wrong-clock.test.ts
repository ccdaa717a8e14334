import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookedUpBy, simulatedLookUp } from './simulated-look-up.ts';

const HOUR = 3_600_000;
const OPTIONS = { seed: 7, rows: 150, mailboxes: 2, mailCount: 120 };

test('by a clock that is hours behind no message is missing that came since', async (t) => {
  const accessed = (message: object): string =>
    (message as { readonly firstAccess?: string }).firstAccess ?? '';
  const latest = (messages: readonly object[]): number =>
    Math.max(...messages.map((one) => Date.parse(accessed(one))));
  const last = latest((await simulatedLookUp(t, OPTIONS)).order.messages);
  const now = new Date(last + HOUR).toISOString();
  const { order, said } = await simulatedLookUp(t, { ...OPTIONS, now });
  const { clock } = order;
  assert.ok(clock !== undefined);
  const messages = order.messages.filter((one) => Date.parse(accessed(one)) > last - HOUR);
  assert.ok(messages.length > 0);
  const wrong = { ...order, messages, clock: { ...clock, now: () => clock.now() - 4 * HOUR } };
  await lookedUpBy(wrong);
  const ends = Object.values(said(wrong));
  assert.deepEqual([...new Set(ends)], ['lookupFailed'], 'nobody could ask for those hours');
});

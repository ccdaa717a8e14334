import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf } from '../import/temporary-case.ts';
import { onACopy, simulatedLookup } from '../acquire/lookup/simulated-lookup.ts';
import { killedAt } from './killed-child.ts';

const CHILD = join(import.meta.dirname, 'lookup-messages.ts');

test('killed at any page and begun again: the same case, and no answer that was kept is asked for again', async (t) => {
  const simulated = await simulatedLookup(t, {
    ...{ seed: 7, rows: 40, mailboxes: 2, mailCount: 60 },
    trace: { perFiveMinutes: 1000 },
    auth: { expiresIn: 10_000_000 },
  });
  const { tenant, truth, said } = simulated;
  const owner = simulated.order.messages[0]?.mailbox?.owner;
  const messages = simulated.order.messages
    .filter(({ mailbox }) => mailbox?.owner === owner)
    .slice(0, 9);
  const order = { ...simulated.order, messages };
  const whole = onACopy(t, order);
  const wanted = join(order.folder, '..', 'wanted.json');
  writeFileSync(wanted, JSON.stringify({ messages, again: false }));
  const run = (folder: string, until: string): Promise<string> =>
    killedAt([CHILD, folder, wanted, String(tenant.clock.now())], order.variables, until);
  assert.equal(await run(whole.folder, ''), 'finished');
  const once = tenant.log.matching(/messageTraces/).map(({ url }) => url);
  assert.equal(new Set(once).size, once.length);
  tenant.log.clear();
  // In the first half of the traffic, in its second, and among single lookups.
  for (const page of [4, 5, 15])
    assert.equal(await run(order.folder, `pages ${page}`), `pages ${page}`);
  assert.equal(await run(order.folder, ''), 'finished');
  assert.equal(digestOf(order.folder), digestOf(whole.folder));
  // What can be said of each that was killed is there, as of its last answer.
  const kept = simulated.theCase().lookups();
  assert.deepEqual(
    kept.map(({ outcome }) => outcome),
    ['unfinished', 'unfinished', 'unfinished', 'finished'],
  );
  assert.equal(new Set(kept.map(({ id }) => id)).size, 1, 'each goes on with the one before');
  const [first, , third] = kept;
  assert.deepEqual([first?.stretches, third?.stretches.length], [[], 1]);
  assert.deepEqual(said(order), truth(order));
  const asked = tenant.log.matching(/messageTraces/).map(({ url }) => url);
  assert.deepEqual(new Set(asked), new Set(once));
  // Of each kill, what was on its way, or had come and was not kept yet: two at the most.
  assert.ok(asked.length <= once.length + 6, `${asked.length} requests instead of ${once.length}`);
});

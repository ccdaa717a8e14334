import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { saveMessages } from '../../source/acquire/save/save-messages.ts';
import { lookedUpBy, onACopy, simulatedLookup } from '../acquire/lookup/simulated-lookup.ts';
import { ALL_PERMISSIONS, fullRegistration } from '../simulator/tenant-options.ts';
import { killedAt } from './killed-child.ts';

const CHILD = join(import.meta.dirname, 'mail-job.ts');

const mailJob = async (t: TestContext) => {
  const application = [...ALL_PERMISSIONS, 'Mail.ReadBasic.All'];
  const simulated = await simulatedLookup(t, {
    ...{ seed: 7, rows: 16, mailboxes: 2, mailCount: 60, auth: { expiresIn: 10_000_000 } },
    registrations: [
      fullRegistration({
        application: application.filter((one) => one !== 'ExchangeMessageTrace.Read.All'),
      }),
    ],
  });
  const { tenant, order, theCase } = simulated;
  const messages = [...theCase(order.folder).messages({})].map(
    ({ mailbox, internetMessageId, itemId }) => ({ mailbox, internetMessageId, itemId }),
  );
  const wanted = join(order.folder, '..', 'wanted.json');
  writeFileSync(wanted, JSON.stringify(messages));
  const run = (folder: string, out: string, until: string): Promise<string> =>
    killedAt([CHILD, folder, wanted, String(tenant.clock.now()), out], order.variables, until);
  const whole = { ...order, messages, mailbox: true };
  const saveInto = async (out: string): Promise<void> => {
    for await (const event of saveMessages({ ...whole, out, toolVersion: '1' }))
      assert.notEqual(event.event, 'failed', JSON.stringify(event));
  };
  return { ...simulated, order: whole, run, saveInto };
};

test('a lookup in mailboxes, killed and begun again: the same case, no kept answer asked for again', async (t) => {
  const { tenant, order, run, theCase } = await mailJob(t);
  const whole = onACopy(t, order);
  await lookedUpBy(whole);
  const bodies = (): readonly string[] => tenant.log.writes().map(({ body }) => body);
  const once = bodies();
  tenant.log.clear();
  for (const reached of [1, 2])
    assert.equal(await run(order.folder, '', `reached ${reached}`), `reached ${reached}`);
  await lookedUpBy(order);
  // Alike but for the time at which it was answered.
  const told = (folder: string) =>
    [...theCase(folder).messages({})].map((one) => ({ ...one, row: 0 }));
  assert.deepEqual(told(order.folder), told(whole.folder));
  assert.deepEqual(new Set(bodies()), new Set(once));
  // Of each kill, what was on its way, or had come and was not kept yet.
  assert.ok(bodies().length <= once.length + 2, `${bodies().length} instead of ${once.length}`);
});

test('saving, killed and begun again: the same files, none asked for twice but those on their way', async (t) => {
  const { tenant, order, run, saveInto } = await mailJob(t);
  const out = (name: string): string => join(order.folder, '..', name);
  const hashes = (name: string): readonly string[] =>
    readdirSync(out(name))
      .filter((file) => file.includes('.eml'))
      .map((file) => {
        const sha256 = createHash('sha256').update(readFileSync(join(out(name), file)));
        return `${file} ${sha256.digest('hex')}`;
      })
      .sort();
  await saveInto(out('whole'));
  const asked = (): number => tenant.log.matching(/^GET .*\$value$/).length;
  const once = asked();
  tenant.log.clear();
  for (const reached of [2, 9])
    assert.equal(
      await run(order.folder, out('killed'), `reached ${reached}`),
      `reached ${reached}`,
    );
  await saveInto(out('killed'));
  assert.deepEqual(hashes('killed'), hashes('whole'));
  // Four at a time, and four more that had come and had no file yet.
  assert.ok(asked() <= once + 16, `${asked()} requests instead of ${once}`);
});

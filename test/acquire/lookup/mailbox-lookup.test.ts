import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Message } from '../../../source/domain/exposure/message.ts';
import type { Trace } from '../../../source/domain/lookups/trace.ts';
import { isDraftsFolder } from '../../../source/domain/exposure/unresolved.ts';
import { rebuildCase } from '../../../source/import/import-paths.ts';
import { lookupMessages } from '../../../source/acquire/lookup/lookup.ts';
import { readCaseFile } from '../../../source/store/case-file.ts';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { ownApplications } from '../../../source/store/own-applications.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import type { Tenant } from '../../simulator/start-tenant.ts';
import {
  ALL_PERMISSIONS,
  CLIENT_ID,
  fullRegistration,
  type TenantOptions,
} from '../../simulator/tenant-options.ts';
import { mailIn } from '../../tenant/mailbox/mailbox-tenant.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { lookedUpBy, simulatedLookup } from './simulated-lookup.ts';

/** May read mailboxes, and no message trace: what is found is found there. */
const registered = (...less: readonly string[]) => [
  fullRegistration({
    application: [...ALL_PERMISSIONS, 'Mail.ReadBasic.All'].filter(
      (one) => !['ExchangeMessageTrace.Read.All', ...less].includes(one),
    ),
  }),
];

interface Told {
  readonly subject: string | null;
  readonly sender: string | null;
  readonly recipients: readonly string[];
}

const toldBy = ({ subject, sender, recipients }: Trace): Told => ({
  subject,
  sender,
  recipients: [...recipients].sort(),
});

/** What lies in the mailboxes that the case asks about, by message id, and by item id without one. */
const truthOf = (tenant: Tenant, messages: readonly Message[]) => {
  const told = new Map<string, Told>();
  for (const [at, { upn }] of tenant.content.plan.company.mailboxes.entries()) {
    const asked = messages.filter(({ mailbox }) => mailbox.owner === upn.toLowerCase());
    const ids = new Set(asked.map((one) => one.internetMessageId ?? one.itemId));
    for (const { mail, where } of mailIn(tenant, at)) {
      const name = mail.unidentified ? mail.itemId : mail.messageId;
      if (where === 'purged' || !ids.has(name)) continue;
      const recipients = [...new Set(mail.recipients.map((one) => one.toLowerCase()))].sort();
      told.set(name, { subject: mail.subject, sender: mail.sender.toLowerCase(), recipients });
    }
  }
  return Object.fromEntries(
    messages.map(({ internetMessageId, itemId, folders }) => {
      const name = internetMessageId ?? itemId ?? '';
      const isDraft = folders.length > 0 && folders.every(isDraftsFolder);
      return [name, told.get(name) ?? (isDraft ? 'draftOrNeverSent' : 'notFound')];
    }),
  );
};

const saidOf = (messages: Iterable<Message>) =>
  Object.fromEntries(
    [...messages].map(({ internetMessageId, itemId, trace, unresolved }) => [
      internetMessageId ?? itemId ?? '',
      trace === null ? unresolved : toldBy(trace),
    ]),
  );

const mailboxLookup = async (
  t: Parameters<typeof simulatedLookup>[0],
  options: TenantOptions = {},
) => {
  const tenantOptions = { seed: 12, rows: 60, mailCount: 160, registrations: registered() };
  const simulated = await simulatedLookup(t, { ...tenantOptions, ...options });
  const messages = [...simulated.theCase().messages({})];
  const order = { ...simulated.order, messages, mailbox: true };
  return { ...simulated, messages, order };
};

const WRITES = /^\/v1\.0\/(\$batch|users\/[^/]+\/translateExchangeIds)$/;

test('the case says of every message what lies in the mailboxes, unidentified items among them', async (t) => {
  const { tenant, order, theCase, messages } = await mailboxLookup(t);
  assert.ok(messages.some(({ internetMessageId }) => internetMessageId === null));
  assert.ok(messages.some(({ internetMessageId: id }) => id?.includes('+')));
  const { statement, events } = await lookedUpBy(order);
  const truth = truthOf(tenant, messages);
  assert.deepEqual(saidOf(theCase().messages({})), truth);
  assert.ok(Object.values(truth).includes('notFound'), 'some were purged');
  const found = Object.values(truth).filter((one) => typeof one !== 'string').length;
  assert.ok(found > 20 && statement.found >= found);

  assert.ok(
    theCase()
      .sources()
      .some(({ format, origin }) => format === 'graph-mailbox-messages' && origin === 'fetched'),
  );
  const writes = tenant.log.writes().filter(({ url }) => !WRITES.test(url));
  assert.deepEqual(writes, []);
  assert.equal(tenant.services.concurrency.peak(), 4);
  assert.ok(tenant.log.entries.every(({ status }) => status !== 429));

  const notes = events.flatMap((event) => (event.event === 'note' ? [event.text] : []));
  assert.ok(notes.some((text) => text.includes('MailItemsAccessed') && text.includes(CLIENT_ID)));
  const folder = openCaseFolder(order.folder, { create: false });
  assert.deepEqual([...ownApplications(readCaseFile(folder))], [CLIENT_ID]);

  const digest = digestOf(order.folder);
  const asked = tenant.log.entries.length;
  await lookedUpBy(order);
  const mail = tenant.log.entries.slice(asked).filter(({ url }) => WRITES.test(url));
  assert.deepEqual(mail, [], 'nothing is asked twice');
  for await (const event of rebuildCase({ folder: order.folder, signal: order.signal }))
    assert.notEqual(event.event, 'failed');
  assert.equal(digestOf(order.folder), digest);
});

/** Faults after which a patient client has everything, as many at once as get in nobody's way. */
const PASSING: readonly (readonly FaultName[])[] = [
  [
    'batch-inner-429',
    'answer-cut',
    'unavailable-503-silent',
    'forbidden-for-now',
    'bad-gateway-502',
  ],
  ['batch-inner-503', 'mail-throttled', 'answer-lost', 'claims-challenge', 'throttled-429-date'],
];

test('whatever passes leaves the case as the truth is', async (t) => {
  for (const faults of PASSING)
    await t.test(faults.join(', '), async (each) => {
      const { tenant, order, theCase, messages } = await mailboxLookup(each, { rows: 25 });
      for (const fault of faults)
        tenant.faults.inject(fault, {
          only: /batch|users/,
          times: /^(batch|mail)/.test(fault) ? 4 : 1,
        });
      await lookedUpBy(order);
      for (const fault of faults) assert.ok(tenant.faults.struck(fault) >= 1, fault);
      assert.deepEqual(saidOf(theCase().messages({})), truthOf(tenant, messages));
    });
});

test('stopped between two answers, it goes on with what it has', async (t) => {
  const { tenant, order, theCase, messages } = await mailboxLookup(t, { seed: 13 });
  const control = new AbortController();
  const { clock } = order;
  assert.ok(clock !== undefined);
  let left = 9;
  // Each request sets a limit for itself.
  const counting = {
    ...clock,
    after: (milliseconds: number, call: () => void) => {
      if ((left -= 1) === 0) control.abort();
      return clock.after(milliseconds, call);
    },
  };
  const ends: string[] = [];
  for await (const { event } of lookupMessages({
    ...order,
    clock: counting,
    signal: control.signal,
  }))
    ends.push(event);
  assert.equal(ends.at(-1), 'cancelled');
  const batches = (): readonly string[] =>
    tenant.log
      .writes()
      .filter(({ status }) => status === 200)
      .map(({ body }) => body);
  const before = batches();
  assert.ok(before.length > 2);
  await lookedUpBy(order);
  assert.deepEqual(saidOf(theCase().messages({})), truthOf(tenant, messages));
  const again = batches()
    .slice(before.length)
    .filter((body) => before.includes(body));
  assert.ok(again.length <= 1, 'only what was on its way when it was stopped');
});

test('a sign-in that counts no more after some answers: these are in the case, and it goes on later', async (t) => {
  const { tenant, order, theCase, messages } = await mailboxLookup(t);
  tenant.faults.inject('token-rejected', { only: /\$batch/, times: 1000, skip: 2 });
  const events: string[] = [];
  for await (const { event } of lookupMessages(order)) events.push(event);
  assert.ok(tenant.faults.struck('token-rejected') > 0);
  assert.ok(events.includes('source'), 'what came is in the case');
  const said = Object.values(saidOf(theCase().messages({})));
  assert.ok(said.some((one) => typeof one === 'object') && said.includes('notLookedUp'));
  assert.ok(!said.includes('lookupFailed'), 'what it did not come to has not failed');
  tenant.faults.clear();
  await lookedUpBy(order);
  assert.deepEqual(saidOf(theCase().messages({})), truthOf(tenant, messages));
});

test('one mailbox that does not open is that mailbox alone, and it is asked no more', async (t) => {
  const plain = await mailboxLookup(t);
  const [first] = plain.messages;
  const shut = first?.mailbox.owner ?? assert.fail();
  const { tenant, order, theCase, messages } = await mailboxLookup(t, {
    mail: {
      applicationScope: plain.tenant.content.plan.company.mailboxes
        .map(({ upn }) => upn)
        .filter((upn) => upn.toLowerCase() !== shut),
    },
  });
  const { statement } = await lookedUpBy(order);
  const closed = messages.filter(({ mailbox }) => mailbox.owner === shut);
  const open = messages.filter(({ mailbox }) => mailbox.owner !== shut);
  const said = saidOf(theCase().messages({}));
  const truth = truthOf(tenant, open);
  for (const [name, told] of Object.entries(truth))
    if (told !== 'notFound') assert.deepEqual(said[name], told, name);
  for (const { internetMessageId: id, itemId } of closed)
    if (!((id ?? itemId ?? '') in truth)) assert.equal(said[id ?? itemId ?? ''], 'lookupFailed');
  assert.ok(statement.failed > 0);
  const denied = tenant.log.entries.filter(({ status, inner }) => inner && status === 403);
  assert.ok(denied.length > 0 && denied.length <= 20);
  const log = readFileSync(join(order.folder, 'lookups.jsonl'), 'utf8');
  assert.match(log, /does not open to this sign-in \(HTTP 403, ErrorAccessDenied/);
});

test('without the permission nothing is asked, and it is named; unasked nobody looks into a mailbox', async (t) => {
  const { tenant, order } = await mailboxLookup(t, {
    rows: 20,
    registrations: registered('Mail.Read', 'Mail.ReadBasic', 'Mail.ReadBasic.All'),
  });
  const events = [];
  for await (const event of lookupMessages(order)) events.push(event);
  assert.match(JSON.stringify(events), /application permission Mail\.ReadBasic\.All/);
  assert.deepEqual(tenant.log.writes(), []);
  const other = await mailboxLookup(t, { rows: 20 });
  for await (const _ of lookupMessages({ ...other.order, mailbox: false }));
  assert.deepEqual(other.tenant.log.matching(/users/), []);
});

test('no token or secret is in anything that was kept', async (t) => {
  const { tenant, order } = await mailboxLookup(t, { rows: 20 });
  await lookedUpBy(order);
  for (const name of readdirSync(order.folder, { recursive: true, encoding: 'utf8' })) {
    if (!/jsonl?$/.test(name)) continue;
    const text = readFileSync(join(order.folder, name), 'utf8');
    for (const secret of tenant.secrets()) assert.ok(!text.includes(secret), name);
  }
});

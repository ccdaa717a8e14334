import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookupMessages } from '../../../source/acquire/lookup/lookup.ts';
import type { Message } from '../../../source/domain/exposure/message.ts';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { messagesToLookup } from '../../../source/store/queries/messages-to-lookup.ts';
import { openRecords } from '../../../source/store/records/open-records.ts';
import { traceStart } from '../../../source/tenant/message-trace/trace-windows.ts';
import type { TraceRow } from '../../simulator/trace/trace-rows.ts';
import type { MessageKey } from '../../../source/domain/lookups/wanted-message.ts';
import { lookedUpBy, simulatedLookup, type SimulatedLookup } from './simulated-lookup.ts';

const DAY = 86_400_000;
const OPTIONS = { seed: 7, rows: 150, mailboxes: 2, mailCount: 120 };

const firstAccess = (message: MessageKey): number =>
  Date.parse((message as { readonly firstAccess?: string }).firstAccess ?? '');

/** A message that came by a list, weeks before it was accessed: no traffic of its mailbox holds it. */
const listMail = ({ tenant, order }: SimulatedLookup) => {
  const rows = tenant.services.trace.rows as TraceRow[];
  const start = traceStart(tenant.clock.now());
  for (const message of order.messages) {
    const id = `<${message.internetMessageId ?? ''}>`;
    const at = rows.findIndex(
      (row) =>
        row.messageId === id &&
        row.at * 1000 > start &&
        firstAccess(message) - row.at * 1000 > 12 * DAY,
    );
    const row = rows[at];
    if (row === undefined || rows.filter(({ messageId }) => messageId === id).length > 1) continue;
    rows[at] = {
      ...row,
      senderAddress: 'news@fabrikam.example',
      recipientAddress: 'all@contoso.example',
    };
    return { message, row: rows[at], rows };
  }
  throw new Error('the case has such a message');
};

test('a later mail whose id differs in case alone does not end the search for the other', async (t) => {
  const simulated = await simulatedLookup(t, { ...OPTIONS, trace: { anyCase: true } });
  const { message, row, rows } = listMail(simulated);
  rows.unshift({
    ...row,
    id: '00000000-0000-4000-8000-00000000dec0',
    messageId: row.messageId.toUpperCase(),
    at: firstAccess(message) / 1000 - 3600,
    subject: 'Lunch',
  });
  const order = { ...simulated.order, messages: [message] };
  const { statement } = await lookedUpBy(order);
  assert.equal(statement.found, 1);
  const [trace] = Object.values(simulated.said(order));
  assert.ok(typeof trace === 'object' && trace !== null);
  assert.equal(trace.subject, row.subject);
});

test('a question left open until the trace no longer reaches so far says what it came to', async (t) => {
  const simulated = await simulatedLookup(t, OPTIONS);
  const { message } = listMail(simulated);
  const { tenant } = simulated;
  const order = { ...simulated.order, messages: [message] };
  const control = new AbortController();
  const { clock } = order;
  assert.ok(clock !== undefined);
  const after = (milliseconds: number, call: () => void) => {
    if (tenant.log.matching(/messageId%20eq/).length > 0) control.abort();
    return clock.after(milliseconds, call);
  };
  const stopped = { ...order, clock: { ...clock, after }, signal: control.signal };
  const ends = [];
  for await (const event of lookupMessages(stopped)) ends.push(event.event);
  assert.equal(ends.at(-1), 'cancelled');
  tenant.clock.advance(200 * DAY);
  const { statement } = await lookedUpBy(order);
  assert.deepEqual([statement.olderThanTrace, statement.notFound], [1, 0]);
});

/** What the console would still ask for of one message. */
const leftToLookup = (folder: string, message: MessageKey) => {
  const db = openRecords(openCaseFolder(folder, { create: false }).records, 'read');
  try {
    const list = Int32Array.of((message as Message).row);
    const keys = messagesToLookup(db, list, { from: 0, most: 10, failed: false });
    return keys.map(({ internetMessageId }) => internetMessageId);
  } finally {
    db.close();
  }
};

test('a mail to somebody else with the id of one that was read does not stand in for it', async (t) => {
  const simulated = await simulatedLookup(t, OPTIONS);
  const { tenant, order, said } = simulated;
  const rows = tenant.services.trace.rows as TraceRow[];
  const owners = [...new Set(order.messages.map(({ mailbox }) => mailbox?.owner ?? ''))];
  const [other = '', victim = ''] = owners;
  const inMailbox = (owner: string) =>
    order.messages.filter(({ mailbox }) => mailbox?.owner === owner);
  const start = traceStart(tenant.clock.now());
  const isTheirs = ({ senderAddress, recipientAddress, at }: TraceRow): boolean =>
    recipientAddress === victim && senderAddress !== other && at * 1000 > start;
  const named = ({ internetMessageId: id }: MessageKey) =>
    rows.filter(({ messageId }) => messageId === `<${id}>`);
  const read = inMailbox(victim).find((one) => {
    const found = named(one);
    return found.length === 1 && found.every(isTheirs);
  });
  const [row] = read === undefined ? [] : named(read);
  assert.ok(read !== undefined && row !== undefined);
  rows.unshift({
    ...row,
    id: '00000000-0000-4000-8000-00000000dec0',
    senderAddress: 'mallory@fabrikam.example',
    recipientAddress: other,
    subject: 'Lunch',
    at: row.at + 5,
  });
  await lookedUpBy({ ...order, messages: inMailbox(other).slice(0, 1) });
  const decoyed = { ...order, messages: [read] };
  const before = Object.values(said(decoyed))[0];
  assert.ok(typeof before === 'object' && before?.subject === 'Lunch', 'as far as is known');
  assert.deepEqual(leftToLookup(order.folder, read), [read.internetMessageId]);
  const { statement } = await lookedUpBy(decoyed);
  assert.equal(statement.found, 1);
  assert.deepEqual(leftToLookup(order.folder, read), []);
  const after = Object.values(said(decoyed))[0];
  assert.ok(typeof after === 'object' && after !== null);
  assert.equal(after.subject, row.subject);
  assert.equal(after.ambiguous, true);
});

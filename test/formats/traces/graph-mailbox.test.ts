import assert from 'node:assert/strict';
import { test } from 'node:test';
import { itemPartId } from '../../../source/domain/lookups/batch-part.ts';
import { restIdOf } from '../../../source/domain/records/item-id.ts';
import { readRow } from '../../../source/domain/records/read-row.ts';
import type { TraceRow } from '../../../source/domain/lookups/trace.ts';
import { readFile } from '../rows-of.ts';

const GUID = '1a0b7c9e-2222-4333-8444-555566667777';
const ITEM_ID = Buffer.from([70, ...new Uint8Array(70).fill(9), 15]).toString('base64');

const person = (address: string) => ({ emailAddress: { name: 'X', address } });

const MESSAGE = {
  id: restIdOf(ITEM_ID, GUID),
  internetMessageId: '<M+1@x.example>',
  subject: 'Passport scan',
  receivedDateTime: '2026-06-13T10:30:00Z',
  sentDateTime: '2026-06-13T10:29:56Z',
  isDraft: false,
  from: person('Anna@fabrikam.example'),
  sender: person('assistant@fabrikam.example'),
  toRecipients: [person('g.jacobs@contoso.example')],
  ccRecipients: [person('HR@contoso.example'), person('g.jacobs@contoso.example')],
  bccRecipients: [],
};

const TRACE: TraceRow = {
  source: 'mailbox',
  networkMessageId: null,
  sender: 'anna@fabrikam.example',
  recipients: [
    { address: 'g.jacobs@contoso.example', status: null },
    { address: 'hr@contoso.example', status: null },
  ],
  status: null,
  subject: 'Passport scan',
  receivedAt: '2026-06-13T10:30:00Z',
  size: null,
  messageId: 'M+1@x.example',
};

/** The same of the item that its REST id names. */
const { messageId: _, ...FACTS } = TRACE;
const OF_ITEM: TraceRow = { ...FACTS, messageId: null, itemId: ITEM_ID };

const tracesIn = (document: unknown) => {
  const { reader, rows } = readFile(JSON.stringify(document));
  assert.equal(reader.format.name, 'graph-mailbox-messages');
  return rows.map(({ content }) =>
    content.kind === 'trace' ? content.traces : assert.fail(JSON.stringify(content)),
  );
};

const part = (id: string, status: number, body: object) => ({ id, status, headers: {}, body });
const found = (...value: object[]) => ({ '@odata.context': 'x#users/messages', value });

test('a page and one message tell of message and item, an answer of a batch of what was asked', () => {
  assert.deepEqual(tracesIn(found(MESSAGE)), [[TRACE, OF_ITEM]]);
  assert.deepEqual(tracesIn({ '@odata.context': 'x', ...MESSAGE, body: { content: 'x' } }), [
    [TRACE, OF_ITEM],
  ]);
  assert.deepEqual(tracesIn({ responses: [part('1', 200, found(MESSAGE))] }), [[TRACE]]);
});

test('as the PowerShell SDK spells it', () => {
  const capital = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(capital);
    if (typeof value !== 'object' || value === null) return value;
    const named = Object.entries(value).map(([name, one]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      capital(one),
    ]);
    return Object.fromEntries(named) as unknown;
  };
  assert.deepEqual(tracesIn([capital(MESSAGE)]), [[TRACE, OF_ITEM]]);
});

test('an answer without a hit is an answer, not damage; hits beside it are read', () => {
  const rows = tracesIn({
    responses: [
      part('1', 200, found()),
      part('2', 404, { error: { code: 'ErrorItemNotFound', message: '' } }),
      part('3', 429, { error: { code: 'ApplicationThrottled' } }),
      part('4', 200, found(MESSAGE, MESSAGE)),
    ],
  });
  assert.deepEqual(rows, [[], [], [], [TRACE, TRACE]]);
  assert.deepEqual(readRow({ kind: 'trace', traces: [] }).read, 'otherOperation');
});

test('batches one after another, the first ones without a hit', () => {
  const misses = Array.from({ length: 400 }, (_, at) => part(String(at), 200, found()));
  const text = `${JSON.stringify({ responses: misses })}${JSON.stringify({ responses: [part('1', 200, found(MESSAGE))] })}`;
  const { rows } = readFile(text);
  assert.equal(rows.length, 401);
  assert.equal(rows.filter(({ content }) => content.kind === 'damaged').length, 0);
});

test('what was asked for by its item id is of that item too, and of its message id where it has one', () => {
  const asked = part(itemPartId('asked/item+id='), 200, MESSAGE);
  assert.deepEqual(tracesIn({ responses: [asked] }), [
    [TRACE, { ...FACTS, messageId: null, itemId: 'asked/item+id=' }],
  ]);
  const nameless = { ...MESSAGE, internetMessageId: null };
  assert.deepEqual(tracesIn({ responses: [part(itemPartId('an item'), 200, nameless)] }), [
    [{ ...FACTS, messageId: null, itemId: 'an item' }],
  ]);
});

test('without a message id, and saved by somebody else, it is of the item its REST id names', () => {
  assert.deepEqual(tracesIn(found({ ...MESSAGE, internetMessageId: null })), [[OF_ITEM]]);
});

test('a draft says so, and who nobody is named to is nobody', () => {
  const draft = { ...MESSAGE, isDraft: true, from: null, sender: null, toRecipients: null };
  const [[trace] = []] = tracesIn(found(draft));
  assert.equal(trace?.status, 'draft');
  assert.equal(trace?.sender, null);
  assert.deepEqual(
    trace?.recipients.map(({ address }) => address),
    ['hr@contoso.example', 'g.jacobs@contoso.example'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldTraces } from '../../../source/domain/lookups/trace-fold.ts';
import { TRACE_SOURCES, type TraceRow } from '../../../source/domain/lookups/trace.ts';

const row = (fields: Partial<Extract<TraceRow, { messageId: string }>>): TraceRow => ({
  source: 'importedTrace',
  messageId: 'a@x.example',
  networkMessageId: 'n1',
  sender: 'anna@fabrikam.example',
  recipients: [{ address: 'g.jacobs@contoso.example', status: 'delivered' }],
  status: 'delivered',
  subject: 'Wire transfer details',
  receivedAt: '2026-09-24T13:00:00Z',
  size: 100,
  ...fields,
});

test('From ids to people: rows of one message become one trace', () => {
  const second = row({
    recipients: [{ address: 'b@contoso.example', status: 'failed' }],
    receivedAt: '2026-09-24T13:00:00.5Z',
    size: 120,
  });
  assert.deepEqual(foldTraces([second, row({}), row({})]), {
    source: 'importedTrace',
    status: 'delivered, failed',
    subject: 'Wire transfer details',
    sender: 'anna@fabrikam.example',
    recipients: ['b@contoso.example', 'g.jacobs@contoso.example'],
    receivedAt: '2026-09-24T13:00:00Z',
    size: 120,
    ambiguous: false,
  });
});

test('From ids to people: the first source of the ladder with a hit wins, and is named', () => {
  for (const [index, source] of TRACE_SOURCES.entries()) {
    const rows = TRACE_SOURCES.slice(index).map((each) => row({ source: each, subject: each }));
    const folded = foldTraces(rows.reverse());
    assert.deepEqual([folded?.source, folded?.subject], [source, source]);
  }
});

test('From ids to people: a row that says nothing of the message is no hit', () => {
  const empty = row({ sender: null, subject: null, recipients: [] });
  assert.equal(foldTraces([]), null);
  assert.equal(foldTraces([empty]), null);
  const lower = row({ source: 'auditRecord', recipients: [] });
  assert.equal(foldTraces([empty, lower])?.source, 'auditRecord');
});

test('domain.md 4: two network ids under one message id are two mails, and said to be', () => {
  assert.equal(foldTraces([row({}), row({ networkMessageId: 'n2' })])?.ambiguous, true);
  assert.equal(foldTraces([row({}), row({ networkMessageId: 'N1' })])?.ambiguous, false);
  assert.equal(foldTraces([row({}), row({ networkMessageId: null })])?.ambiguous, false);
  const fetched = row({ source: 'fetchedTrace', networkMessageId: 'n3' });
  assert.equal(foldTraces([row({}), fetched])?.ambiguous, true);
});

test('a recipient has the most settled status of its rows', () => {
  const at = (status: string | null) =>
    row({ status: null, recipients: [{ address: 'a@x', status }] });
  const statusOf = (...statuses: (string | null)[]) => foldTraces(statuses.map(at))?.status;
  assert.equal(statusOf('pending', 'delivered', null), 'delivered');
  assert.equal(statusOf('gettingstatus', 'failed'), 'failed');
  assert.equal(statusOf('somethingnew', 'pending'), 'somethingnew');
  assert.equal(statusOf(null), null);
});

test('order independence: any order of rows gives the same trace', () => {
  const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const anyRow = fc.record({
    source: fc.constantFrom(...TRACE_SOURCES),
    messageId: fc.constant('m'),
    networkMessageId: text,
    sender: text,
    recipients: fc.array(fc.record({ address: fc.constantFrom('x', 'y'), status: text }), {
      maxLength: 3,
    }),
    status: text,
    subject: text,
    receivedAt: fc.option(
      fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5Z', '2026-01-01T00:00:01Z'),
      { nil: null },
    ),
    size: fc.option(fc.nat(9), { nil: null }),
  });
  const shuffled = fc
    .array(anyRow, { maxLength: 8 })
    .chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([rows, other]) => {
      assert.deepEqual(foldTraces(other), foldTraces(rows));
    }),
    { numRuns: 500 },
  );
});

test('two mails of one id in a mailbox are told by who wrote them and what about; copies are one', () => {
  const hit = (fields: Parameters<typeof row>[0]): TraceRow =>
    row({ source: 'mailbox', networkMessageId: null, ...fields });
  const later = { receivedAt: '2026-09-25T13:00:00Z' };
  assert.equal(foldTraces([hit({}), hit(later)])?.ambiguous, false);
  assert.equal(foldTraces([hit({}), hit({ ...later, subject: 'Another' })])?.ambiguous, true);
  assert.equal(foldTraces([hit({}), hit({ sender: 'eve@x.example' })])?.ambiguous, true);
  assert.equal(foldTraces([hit({}), row({ subject: 'AW: the same' })])?.ambiguous, false);
});

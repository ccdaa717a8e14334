import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planCase } from '../../../scripts/generator/case.ts';
import { traceContainers } from '../../../scripts/generator/traces/all.ts';
import { writeTraces } from '../../../scripts/generator/traces/trace-container.ts';
import { tracedMail } from '../../../scripts/generator/traces/traced-mail.ts';
import { csvRows, decode, lines } from './read-back.ts';

const mail = [...tracedMail(planCase({ seed: 5, rows: 400 }))];

/** Each form's rows as [message id, network id, recipients, subject, size]. */
const COLUMNS: { readonly [form: string]: readonly [string, string, string, string, string] } = {
  get: ['MessageId', 'MessageTraceId', 'RecipientAddress', 'Subject', 'Size'],
  'historical-summary': [
    'message_id',
    'network_message_id',
    'recipient_status',
    'message_subject',
    'total_bytes',
  ],
  'historical-extended': [
    'message_id',
    'network_message_id',
    'recipient_address',
    'message_subject',
    'total_bytes',
  ],
  graph: ['messageId', 'id', 'recipientAddress', 'subject', 'size'],
};

const addresses = (cell: string): string[] =>
  cell.split(';').map((recipient) => recipient.replace(/##.*$/u, ''));

for (const container of traceContainers)
  test(`${container.name} holds every message once per recipient, event or report`, () => {
    const text = decode(writeTraces(container, mail), container.encoding);
    const columns = Object.entries(COLUMNS).find(([form]) => container.name.startsWith(form))![1];
    const rows =
      container.extension === 'csv'
        ? csvRows(text)
        : lines(text).flatMap((page) => page['value'] as Record<string, unknown>[]);
    const found = new Map<string, { facts: string; recipients: Set<string> }>();
    for (const row of rows) {
      const [id, network, recipients, subject, size] = columns.map((name) => String(row[name]));
      const entry = found.get(id!) ?? {
        facts: `${network} ${subject} ${size}`,
        recipients: new Set(),
      };
      assert.equal(entry.facts, `${network} ${subject} ${size}`);
      for (const address of addresses(recipients!)) entry.recipients.add(address);
      found.set(id!, entry);
    }
    assert.equal(found.size, mail.length);
    for (const traced of mail) {
      const entry = found.get(`<${traced.messageId}>`);
      assert.equal(entry?.facts, `${traced.networkMessageId} ${traced.subject} ${traced.size}`);
      assert.deepEqual(
        [...entry!.recipients].toSorted(),
        traced.recipients.map(({ address }) => address).toSorted(),
      );
    }
  });

test('drafts have no trace, and some of the rest is missing too', () => {
  assert.ok(mail.length > 100);
  assert.equal(new Set(mail.map(({ messageId }) => messageId)).size, mail.length);
});

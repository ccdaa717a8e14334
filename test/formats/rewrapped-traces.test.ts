/** The mail of one invented case in every form of message trace: each must tell the same of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planCase } from '../../scripts/generator/case.ts';
import { traceContainers } from '../../scripts/generator/traces/all.ts';
import { writeTraces } from '../../scripts/generator/traces/trace-container.ts';
import { tracedMail } from '../../scripts/generator/traces/traced-mail.ts';
import { traceKey, type TraceRow } from '../../source/domain/lookups/trace.ts';
import { rowsOf } from './rows-of.ts';

const mail = [...tracedMail(planCase({ seed: 12, rows: 300 }))];

interface Told {
  networkMessageId: string | null;
  sender: string | null;
  subject: string | null;
  size: number | null;
  /** Whole seconds: an event of a report may be a little later than the first. */
  receivedAt: string;
  recipients: Set<string>;
}

const tellingOf = (rows: readonly TraceRow[]): Map<string, Told> => {
  const told = new Map<string, Told>();
  for (const row of rows) {
    const receivedAt = row.receivedAt?.slice(0, 19) ?? '';
    const { networkMessageId, sender, subject, size } = row;
    const key = traceKey(row);
    const entry = told.get(key) ?? {
      ...{ networkMessageId, sender, subject, size, receivedAt },
      recipients: new Set<string>(),
    };
    if (receivedAt < entry.receivedAt) entry.receivedAt = receivedAt;
    for (const { address } of row.recipients) entry.recipients.add(address.toLowerCase());
    told.set(key, entry);
  }
  return told;
};

const expected = new Map(
  mail.map((traced): [string, Told] => [
    traced.messageId,
    {
      networkMessageId: traced.networkMessageId,
      sender: traced.sender.toLowerCase(),
      subject: traced.subject,
      size: traced.size,
      receivedAt: new Date(traced.receivedAt * 1000).toISOString().slice(0, 19),
      recipients: new Set(traced.recipients.map(({ address }) => address.toLowerCase())),
    },
  ]),
);

for (const container of traceContainers)
  test(`${container.name}: sender, recipients, subject, time and size of every message`, () => {
    const rows = rowsOf(writeTraces(container, mail));
    const traces = rows.flatMap(({ content }) => {
      assert.equal(content.kind, 'trace', JSON.stringify(content));
      return content.kind === 'trace' ? content.traces : [];
    });
    assert.ok(traces.every(({ source }) => source === container.source));
    const told = tellingOf(
      traces.map((row) => ({ ...row, sender: row.sender?.toLowerCase() ?? null })),
    );
    assert.deepEqual(told, expected);
  });

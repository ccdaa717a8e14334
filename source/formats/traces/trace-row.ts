import { mailAddress } from '../../domain/addresses/mail-address.ts';
import { normaliseMessageId, stated } from '../../domain/records/stated.ts';
import type { RowDate } from '../../domain/records/row.ts';
import type { TraceRow, TraceSource } from '../../domain/lookups/trace.ts';
import type { RowContent } from '../format.ts';

/** What a trace format reads from one row, still as written there. */
export interface TraceFields {
  readonly messageId: string;
  /** Of the item in a mailbox, as audit records spell it, where the row names one. */
  readonly itemId?: string | null;
  readonly networkMessageId: string;
  readonly sender: string;
  readonly recipients: readonly { readonly address: string; readonly status: string | null }[];
  readonly status: string | null;
  readonly subject: string;
  /** UTC ISO already. */
  readonly receivedAt: string | null;
  /** As `receivedAt` of local-time.ts gives it. */
  readonly date?: RowDate;
  readonly size: string;
}

/** Bytes: "45678", "45,678", or "44.61 KB (45,678 bytes)". */
const sizeOf = (text: string): number | null => {
  const digits = (/\(([\d,.\s]+) bytes\)/.exec(text)?.[1] ?? text).replace(/[,.\s]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
};

/** Spelled "Delivered" and "delivered" in one and the same documentation. */
const statusOf = (text: string | null): string | null => stated(text)?.toLowerCase() ?? null;

/** One row of a trace file, normalised; damaged where it has no id to join by. */
export const traceContent = (source: TraceSource, fields: TraceFields): RowContent => {
  const messageId = normaliseMessageId(fields.messageId);
  const itemId = fields.itemId ?? null;
  if (messageId === null && itemId === null)
    return { kind: 'damaged', reason: 'a message trace without a message id' };
  const facts = {
    source,
    networkMessageId: stated(fields.networkMessageId)?.toLowerCase() ?? null,
    sender: mailAddress(fields.sender),
    recipients: fields.recipients.flatMap(({ address, status }) => {
      const recipient = mailAddress(address);
      return recipient === null ? [] : [{ address: recipient, status: statusOf(status) }];
    }),
    status: statusOf(fields.status),
    subject: stated(fields.subject),
    receivedAt: fields.receivedAt,
    size: sizeOf(fields.size),
  };
  const { date } = fields;
  const traces: readonly TraceRow[] = [
    ...(messageId === null ? [] : [{ ...facts, messageId }]),
    // Records name some items without a message id.
    ...(itemId === null ? [] : [{ ...facts, messageId: null, itemId }]),
  ];
  return { kind: 'trace', traces, ...(date === undefined ? {} : { date }) };
};

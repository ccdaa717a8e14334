import { tracedMail } from '../../../scripts/generator/traces/traced-mail.ts';
import type { CasePlan } from '../../../scripts/generator/case.ts';
import { isoSeconds } from '../virtual-clock.ts';
import type { TraceFilter } from './trace-filter.ts';

/** A message as one recipient got it: (id, recipientAddress) is unique. */
export interface TraceRow {
  /** Seconds since 1970. */
  readonly at: number;
  readonly id: string;
  readonly senderAddress: string;
  readonly recipientAddress: string;
  /** With brackets. */
  readonly messageId: string;
  readonly subject: string;
  readonly size: number;
  readonly fromIP: string;
  readonly status: string;
}

const keyOf = ({ id, recipientAddress }: TraceRow): string => `${id} ${recipientAddress}`;

/** Newest first, and the same on every page. */
export const traceRows = (plan: CasePlan, share: number): readonly TraceRow[] => {
  const rows: TraceRow[] = [];
  for (const mail of tracedMail(plan, share))
    for (const { address, status } of mail.recipients)
      rows.push({
        at: mail.receivedAt,
        id: mail.networkMessageId,
        senderAddress: mail.sender.toLowerCase(),
        recipientAddress: address.toLowerCase(),
        messageId: `<${mail.messageId}>`,
        subject: mail.subject,
        size: mail.size,
        fromIP: mail.incoming ? '198.18.0.25' : '',
        status: status.slice(0, 1).toLowerCase() + status.slice(1),
      });
  return rows.sort((one, other) => other.at - one.at || (keyOf(one) < keyOf(other) ? -1 : 1));
};

export const traceBody = (row: TraceRow): object => {
  const { at, id, senderAddress, recipientAddress, messageId, subject, size, fromIP, status } = row;
  return {
    ...{ id, senderAddress, recipientAddress, messageId },
    receivedDateTime: isoSeconds(at * 1000),
    ...{ subject, size, fromIP, toIP: '', status },
  };
};

const ADDRESSES = new Set(['senderAddress', 'recipientAddress']);

/** A whole domain may be asked for as `*@domain`; other wildcards find nothing. */
const addressMatches = (address: string, wanted: string): boolean =>
  wanted.startsWith('*@') && !wanted.slice(1).includes('*')
    ? address.endsWith(wanted.slice(1).toLowerCase())
    : address === wanted.toLowerCase();

const subjectMatches = (subject: string, filter: TraceFilter['subject']): boolean => {
  if (!filter) return true;
  const [how, text] = filter;
  const lower = subject.toLowerCase();
  switch (how) {
    case 'contains':
      return lower.includes(text);
    case 'startswith':
      return lower.startsWith(text);
    case 'endswith':
      return lower.endsWith(text);
    case 'eq':
      return lower === text;
  }
};

/** Both ends of the period are in it. */
export const rowMatcher =
  (filter: TraceFilter, anyCase: boolean, from: number, to: number) =>
  (row: TraceRow): boolean => {
    const time = row.at * 1000;
    if (time < from || time > to || !subjectMatches(row.subject, filter.subject)) return false;
    const fields: Readonly<Record<string, unknown>> = { ...row, toIP: '' };
    return [...filter.equal].every(([property, wanted]) => {
      const value = String(fields[property] ?? '');
      if (ADDRESSES.has(property)) return addressMatches(value, wanted);
      return property === 'messageId' && !anyCase
        ? value === wanted
        : value.toLowerCase() === wanted.toLowerCase();
    });
  };

import { type Trace, TRACE_SOURCES, type TraceRow } from './trace.ts';

/** How much a status settles: what a later row says of a recipient wins over what an earlier one did. */
const STATUS_RANK: readonly string[] = [
  'none',
  'gettingstatus',
  'pending',
  'expanded',
  'sent',
  'failed',
  'quarantined',
  'filteredasspam',
  'delivered',
];

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Unknown words stand between the unsettled and the settled ones. */
const statusRank = (status: string): number => {
  const rank = STATUS_RANK.indexOf(status);
  return rank < 0 ? STATUS_RANK.indexOf('expanded') + 0.5 : rank;
};

const settled = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b;
  const difference = statusRank(a) - statusRank(b);
  if (difference !== 0) return difference > 0 ? a : b;
  return a < b ? a : b;
};

/** Without the Z, ".5" sorts behind the whole second; rows without a time come last. */
const timeKey = (row: TraceRow): string => row.receivedAt?.slice(0, -1) ?? '~';

/** The same order whatever order the rows came in: earliest first, then by all they say. */
const inOrder = (rows: readonly TraceRow[]): readonly TraceRow[] => {
  const keyed = rows.map((row) => ({ row, key: `${timeKey(row)} ${JSON.stringify(row)}` }));
  return keyed.sort((a, b) => byCodeUnit(a.key, b.key)).map(({ row }) => row);
};

/** Whether a row is a hit: a message that names nobody and nothing resolves nothing. */
export const saysSomething = (row: TraceRow): boolean =>
  row.subject !== null || row.sender !== null || row.recipients.length > 0;

/** The first source of the ladder that has a hit (`domain.md`, From ids to people). */
const bestSource = (rows: readonly TraceRow[]): TraceRow['source'] | null =>
  TRACE_SOURCES.find((source) => rows.some((row) => row.source === source)) ?? null;

const statusByRecipient = (rows: readonly TraceRow[]): ReadonlyMap<string, string | null> => {
  const statuses = new Map<string, string | null>();
  for (const row of rows)
    for (const { address, status } of row.recipients)
      statuses.set(address, settled(statuses.get(address) ?? null, status ?? row.status));
  return statuses;
};

/** Of all recipients, each status once: "delivered, failed". Of the rows, where no recipient has one. */
const foldedStatus = (
  rows: readonly TraceRow[],
  ofRecipients: Iterable<string | null>,
): string | null => {
  const stated = (values: Iterable<string | null>) =>
    [...new Set(values)].filter((value) => value !== null).sort(byCodeUnit);
  const recipients = stated(ofRecipients);
  const statuses = recipients.length > 0 ? recipients : stated(rows.map((row) => row.status));
  return statuses.length === 0 ? null : statuses.join(', ');
};

/**
 * Service and audit log name a message's network id; two of them under one message id are two mails.
 * A mailbox names none: there it is who wrote it and what about, in which copies of one mail are alike.
 */
const isAmbiguous = (rows: readonly TraceRow[]): boolean => {
  const ids = rows.flatMap((row) => row.networkMessageId?.toLowerCase() ?? []);
  const inMailboxes = rows
    .filter(({ source }) => source === 'mailbox')
    .map(({ sender, subject }) => JSON.stringify([sender, subject]));
  return new Set(ids).size > 1 || new Set(inMailboxes).size > 1;
};

/**
 * All that is known of one message id as one trace; null where no row is a hit. Any order of rows
 * gives the same. Rows of the best source count: the earliest one that states sender and subject
 * gives them, recipients are joined, the size is the largest seen (it grows on the way).
 */
export const foldTraces = (rows: readonly TraceRow[]): Trace | null => {
  const hits = rows.filter(saysSomething);
  const source = bestSource(hits);
  if (source === null) return null;
  const counted = inOrder(hits.filter((row) => row.source === source));
  const statuses = statusByRecipient(counted);
  const sizes = counted.flatMap((row) => row.size ?? []);
  return {
    source,
    status: foldedStatus(counted, statuses.values()),
    subject: counted.find((row) => row.subject !== null)?.subject ?? null,
    sender: counted.find((row) => row.sender !== null)?.sender ?? null,
    recipients: [...statuses.keys()].sort(byCodeUnit),
    receivedAt: counted.find((row) => row.receivedAt !== null)?.receivedAt ?? null,
    size: sizes.length === 0 ? null : sizes.reduce((a, b) => Math.max(a, b)),
    ambiguous: isAmbiguous(hits),
  };
};

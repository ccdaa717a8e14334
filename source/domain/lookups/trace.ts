/**
 * Where metadata of a message came from, in the order of the ladder of `domain.md`
 * ("From ids to people"): the first source that has a hit wins.
 */
export const TRACE_SOURCES = [
  'importedTrace',
  'historicalSearch',
  'fetchedTrace',
  'mailbox',
  'contentSearch',
  'auditRecord',
] as const;
export type TraceSource = (typeof TRACE_SOURCES)[number];

/** Why a message has no metadata, as stored at the time of looking. Never "deleted". */
export type Unresolved =
  'notLookedUp' | 'olderThanTrace' | 'draftOrNeverSent' | 'notFound' | 'lookupFailed';

/** What a row tells of a message, beside which one it is. */
interface TraceFacts {
  readonly source: TraceSource;
  /** MessageTraceId / network_message_id / Graph `id`: two of them under one messageId are two mails. */
  readonly networkMessageId: string | null;
  readonly sender: string | null;
  readonly recipients: readonly { readonly address: string; readonly status: string | null }[];
  readonly status: string | null;
  readonly subject: string | null;
  /** UTC ISO 8601 with Z, as precise as the source. */
  readonly receivedAt: string | null;
  /** Bytes. */
  readonly size: number | null;
}

/**
 * Which message a row is about. Records name some items without a message id (*unidentified*,
 * `domain.md` 3): a row about such an item is of its item id, as records spell it, and of nothing else.
 */
export type TraceSubject =
  /** Normalised like an InternetMessageId: without <>, case kept. */
  { readonly messageId: string } | { readonly messageId: null; readonly itemId: string };

/** One row of a message trace: one message, one network message id, usually one recipient. */
export type TraceRow = TraceFacts & TraceSubject;

/**
 * Under which rows of one message are kept together. No message id begins with a space, so that no
 * sender can give a message the key of an item.
 */
export const traceKey = (row: TraceRow): string =>
  row.messageId === null ? itemTraceKey(row.itemId) : row.messageId;

export const itemTraceKey = (itemId: string): string => ` ${itemId}`;

/** The folded metadata of one message, as lists and exports show it. */
export interface Trace {
  readonly source: TraceSource;
  readonly status: string | null;
  readonly subject: string | null;
  readonly sender: string | null;
  readonly recipients: readonly string[];
  readonly receivedAt: string | null;
  readonly size: number | null;
  /** More than one network message id under this message id: a sender may set ids freely. */
  readonly ambiguous: boolean;
}

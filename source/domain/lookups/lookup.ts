import type { LookupEnd } from '../exposure/unresolved.ts';

/** Which service of the tenant was asked for a message's metadata, in the order of the ladder. */
export type LookupService = 'messageTrace' | 'mailbox';

/** How a lookup of one message ended. `found` says no more than that: what was found is evidence. */
export type LookupOutcome = 'found' | LookupEnd;

/**
 * A message that was asked for. `traffic`: all traffic of its mailbox was read, and it was looked for
 * in there; `single`: it was asked for by itself.
 */
export interface LookedUpMessage {
  /** UTC, ISO. */
  readonly at: string;
  readonly service: LookupService;
  /** As records name it: its GUID, else "owner:NAME"; null: asked for without a mailbox. */
  readonly mailbox: string | null;
  /** Normalised; null where the log names no message id, and itemId is there. */
  readonly messageId: string | null;
  readonly itemId: string | null;
  readonly end: LookupOutcome;
  readonly how: 'traffic' | 'single';
  /** In words, for people; null where the end says all. */
  readonly detail: string | null;
}

/** A range of an address's mail that was read whole, so that nothing in it is asked for again. */
export interface LookedUpTraffic {
  readonly at: string;
  readonly service: 'messageTrace';
  /** Lower case. */
  readonly address: string;
  /** What it received, or what it sent. */
  readonly direction: 'received' | 'sent';
  /** UTC, ISO, both included. */
  readonly from: string;
  readonly to: string;
  /** Rows of the trace in it. */
  readonly rows: number;
  /** SHA-256 of the source that holds them; without it the range was never read. null: there was no row. */
  readonly source: string | null;
  /** false: some of it could not be had; it is asked for again. */
  readonly complete: boolean;
}

export type Lookup = LookedUpMessage | LookedUpTraffic;

/**
 * What the services said together: metadata that was found and went again (a source withdrawn) is as
 * good as never looked up; a failure leaves open what the others could not tell.
 */
export const endOfAll = (ends: readonly LookupOutcome[]): LookupEnd | null => {
  if (ends.length === 0 || ends.includes('found')) return null;
  if (ends.includes('failed')) return 'failed';
  return ends.includes('notFound') ? 'notFound' : 'olderThanTrace';
};

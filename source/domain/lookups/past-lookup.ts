import type { TimeRange } from '../fetches/fetch.ts';
import type { LookupStatement } from './lookup-progress.ts';
import type { LookedUpTraffic } from './lookup.ts';

/** A range of an address's mail in message trace. */
export interface TrafficRange extends TimeRange {
  /** Lower case. */
  readonly address: string;
  readonly direction: LookedUpTraffic['direction'];
}

/** One that was read whole. */
export interface ReadTraffic extends TrafficRange {
  /** Rows of the trace that came for it. */
  readonly rows: number;
}

/** One of which some could not be had. `filled`: asked for anew later in this lookup, and had whole. */
export interface TrafficHole extends TrafficRange {
  /** In words. */
  readonly why: string;
  readonly filled: boolean;
}

/** A lookup in the tenant, and what can be said for its completeness: `case.json` lookUps[]. */
export interface PastLookup {
  /** Of its folder, `evidence/lookup-ID`. One that goes on where another was left has the same. */
  readonly id: string;
  /** UTC, ISO. */
  readonly startedAt: string;
  /** null: it runs, or was killed. */
  readonly endedAt: string | null;
  /** How it ended. unfinished: it runs, or was killed; all is said as of its last answer. */
  readonly outcome: 'unfinished' | 'finished' | 'cancelled' | 'failed';
  readonly cloud: string;
  readonly tenantId: string;
  /** Who was signed in: a person's address, or an application's id. */
  readonly account: string;
  readonly clientId: string;
  readonly analyst: string;
  /** What was not found before was asked for once more. */
  readonly again: boolean;
  /** Each left-over was asked for by itself. */
  readonly thorough: boolean;
  /** The mailboxes themselves were looked into, which leaves records in the audit log. */
  readonly mailboxes: boolean;
  /** The paths that were asked. */
  readonly endpoints: readonly string[];
  /** What was read of traffic. */
  readonly stretches: readonly ReadTraffic[];
  readonly holes: readonly TrafficHole[];
  /** Answers that were asked for and kept. */
  readonly answers: number;
  /** Requests that were repeated because one was refused or had no answer. */
  readonly retries: number;
  /** Ids of the sources that answers became. */
  readonly sources: readonly string[];
  /** Of what was wanted when it ended. */
  readonly statement: LookupStatement;
}

/** What a lookup of an earlier mia does not say. */
export const UNSAID_OF_LOOK_UP = {
  id: '',
  endpoints: [],
  stretches: [],
  holes: [],
  answers: 0,
  retries: 0,
  sources: [],
} as const satisfies Partial<PastLookup>;

/** What a fetch is doing. */
export type FetchStep =
  | 'signingIn'
  /** Queries are handed to the tenant. */
  | 'asking'
  /** The tenant works on them. */
  | 'waiting'
  /** Pages come in. */
  | 'reading'
  /** Another import into the case goes first. */
  | 'otherImport';

/** What a fetch waits for, and until when; UTC, ISO. */
export type FetchWait =
  | {
      /** pace: our own limit · throttled: the tenant asked for it · retry: a passing failure. */
      readonly why: 'pace' | 'throttled' | 'retry';
      readonly until: string;
      /** How long that is, from when it is said. */
      readonly milliseconds: number;
      /** In a few words, e.g. "HTTP 503"; null where `why` says all. */
      readonly after: string | null;
    }
  /** Until it looks again how far the tenant is. */
  | { readonly why: 'poll'; readonly until: string };

/** Enough for one calm line. */
export interface FetchProgress {
  /** null while signing in. */
  readonly id: string | null;
  readonly step: FetchStep;
  /** Since when it does that; UTC, ISO. */
  readonly since: string;
  /** The tenant's word for the query it has had for longest, where it works on any. */
  readonly status: string | null;
  readonly queries: { readonly done: number; readonly all: number };
  readonly pages: number;
  readonly records: number;
  /** null: it waits for nothing. */
  readonly wait: FetchWait | null;
}

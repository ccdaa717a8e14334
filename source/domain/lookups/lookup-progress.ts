import type { FetchWait } from '../fetches/fetch-progress.ts';
import type { LookupService } from './lookup.ts';

/** What a lookup is doing. */
export type LookupStep =
  | 'signingIn'
  /** The tenant is asked. */
  | 'asking'
  /** Another import into the case goes first. */
  | 'otherImport'
  /** All that was wanted has its answer; in the console's thread only. */
  | 'idle';

/** Enough for one calm line. */
export interface LookupProgress {
  readonly step: LookupStep;
  /** Since when it does that; UTC, ISO. */
  readonly since: string;
  /** Who is asked; null: nobody yet. */
  readonly service: LookupService | null;
  /** Of the messages wanted now: how many are answered, with metadata or without. */
  readonly messages: { readonly done: number; readonly all: number };
  readonly pages: number;
  /** Rows of metadata that came. */
  readonly rows: number;
  /** null: it waits for nothing. */
  readonly wait: Exclude<FetchWait, { readonly why: 'poll' }> | null;
}

/** What a lookup came to. The counts of messages add up to `asked`. */
export interface LookupStatement {
  /** Messages that were wanted. */
  readonly asked: number;
  /** With metadata now, those that had it before among them. */
  readonly found: number;
  readonly olderThanTrace: number;
  readonly notFound: number;
  readonly failed: number;
  /** Without any answer: nobody could be asked (`refused`), or by no name it has (an item without a message id). */
  readonly open: number;
  /**
   * Of notFound: not in the traffic of their mailboxes, and not asked for one by one, which would take
   * so many requests and, at the limit of the tenant, so many seconds. `thorough` does it.
   */
  readonly notAskedSingly: {
    readonly messages: number;
    readonly requests: number;
    readonly seconds: number;
  };
  /** The trace may still get rows of mail since then (UTC, ISO); null: no trace was read now. */
  readonly lateSince: string | null;
  /** Addresses whose whole traffic was read for this, and back to when. */
  readonly traffic: { readonly addresses: readonly string[]; readonly from: string } | null;
  readonly requests: number;
  /** Services that could not be asked, and what to do about it. */
  readonly refused: readonly {
    readonly service: LookupService;
    readonly problem: string;
    readonly hint: string;
  }[];
}

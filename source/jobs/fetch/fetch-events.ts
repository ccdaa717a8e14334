import type { FetchStatement } from '../../domain/fetch.ts';
import type { Wait } from '../../tenant/http/waiting.ts';
import type { SignInNotice } from '../../tenant/sign-in/notices.ts';
import type { ImportedSource } from '../import-events.ts';

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
  /** What it waits for and until when; null: for nothing. */
  readonly wait: Wait | { readonly why: 'poll'; readonly until: string } | null;
}

export type FetchEvent =
  | { readonly event: 'notice'; readonly notice: SignInNotice }
  | { readonly event: 'progress'; readonly progress: FetchProgress }
  /** Rows are to be seen in the case now. */
  | { readonly event: 'arrived' }
  /** The pages of a query became a source. */
  | { readonly event: 'source'; readonly source: ImportedSource }
  | { readonly event: 'note'; readonly text: string }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished'; readonly statements: readonly FetchStatement[] }
  /** `id`: can be resumed; null: nothing was begun. */
  | { readonly event: 'cancelled'; readonly id: string | null }
  | {
      readonly event: 'failed';
      readonly problem: string;
      readonly hint: string;
      readonly id: string | null;
    };

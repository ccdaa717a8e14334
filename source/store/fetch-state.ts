import type { FetchApi, FetchAsked, TimeRange } from '../domain/fetches/fetch.ts';
import type { AuditRoot, PlannedQuery } from '../domain/fetches/fetch-query.ts';
import type { JsonObject } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import type { SignInEvent } from '../domain/sessions/sign-in.ts';
import { existingCase } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { type TaskFolder, taskFolders } from './task-folder.ts';

/**
 * open: not all of it is here · done · split: more than one query gives, narrower ones ask instead ·
 * spoiled: a page broke, narrower ones ask again · failed: it ended without a result · notOffered: the
 * API under which the tenant answers has no such thing · refused: a page was, the same is asked again ·
 * unreadable: nothing of it nor of those around it could be read; it is not asked more narrowly.
 */
export type QueryOutcome =
  'open' | 'done' | 'split' | 'spoiled' | 'failed' | 'notOffered' | 'refused' | 'unreadable';

/** What is not here because a page was refused, and why, in words. */
export interface RefusedPage extends TimeRange {
  readonly said: string;
}

/** One query as it stands. */
export interface QueryState extends PlannedQuery {
  /** Its name in the tenant's list: by it we find a query of which we never heard whether it was made. */
  readonly name: string;
  /** It may have been sent. */
  readonly sent: boolean;
  readonly id: string | null;
  readonly status: string;
  /** Since when the tenant has it. */
  readonly since: string | null;
  /** How often it was made. */
  readonly made: number;
  readonly limitExceeded: boolean | null;
  readonly announced: number | null;
  readonly passes: readonly number[];
  readonly records: number;
  /** Numbers of the hours that have a record. */
  readonly hours: readonly number[];
  readonly outcome: QueryOutcome;
  /** SHA-256 of the source that it became. */
  readonly source: string | null;
  /** Of the records, those from the addresses it asks for; null: it asks for none. */
  readonly matching: number | null;
  /** Of one whose outcome is refused. */
  readonly refused: RefusedPage | null;
  /** The one that it stands in for, by its index. */
  readonly parent: number | null;
}

/** All that a fetch needs to go on after a crash, beside the manifest and the pages. */
export interface FetchState {
  readonly version: 1;
  readonly id: string;
  readonly api: FetchApi;
  readonly root: AuditRoot | null;
  readonly asked: FetchAsked;
  readonly cloud: string;
  readonly tenantId: string;
  readonly account: string;
  readonly clientId: string;
  readonly analyst: string;
  readonly title: string;
  readonly again: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** The end of what the tenant could give, where it reaches less far back than was asked. */
  readonly reachesFrom: string | null;
  /** Kinds of sign-ins that came where several were asked for together. */
  readonly eventsSeen?: readonly SignInEvent[];
  readonly queries: readonly QueryState[];
}

const VERSION = 1;

/** What an older mia did not say of a query. */
const UNSAID = { matching: null, refused: null } as const;

/** null: nothing of it was written. @throws Problem: it is damaged, or another version's. */
export const readFetchState = (folder: TaskFolder): FetchState | null => {
  const data: JsonObject | null = folder.state();
  if (data === null) return null;
  if (data['version'] !== VERSION || !Array.isArray(data['queries']))
    throw new Problem(
      `The fetch ${folder.id} was begun by another version of mia.`,
      'Resume it with that version, or fetch anew.',
    );
  const state = data as unknown as FetchState;
  return { ...state, queries: state.queries.map((query) => ({ ...UNSAID, ...query })) };
};

/** Fetches of a case that have not ended, the oldest first. */
export const unfinishedStates = (folder: CaseFolder): readonly FetchState[] =>
  taskFolders(folder)
    .flatMap((one) => readFetchState(one) ?? [])
    .filter(({ endedAt }) => endedAt === null)
    .sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1));

/** A fetch that was begun and has not ended: for whoever opens the case. */
export interface UnfinishedFetch {
  readonly id: string;
  readonly startedAt: string;
  readonly asked: FetchAsked;
  readonly queries: { readonly done: number; readonly all: number };
}

/** Empty where there is no case. `folder`: the case folder. */
export const unfinishedFetches = (folder: string): readonly UnfinishedFetch[] => {
  const found = existingCase(folder);
  if (found === null) return [];
  return unfinishedStates(found).map(({ id, startedAt, asked, queries }) => ({
    id,
    startedAt,
    asked,
    queries: {
      done: queries.filter(({ outcome }) => outcome !== 'open').length,
      all: queries.length,
    },
  }));
};

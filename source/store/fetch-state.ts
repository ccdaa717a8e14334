import type { FetchAsked } from '../domain/fetches/fetch.ts';
import type { QueryFilter } from '../domain/fetches/fetch-query.ts';
import type { JsonObject } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import {
  count,
  type Described,
  flag,
  integer,
  listOf,
  objectOf,
  oneOf,
  only,
  orNull,
  type Schema,
  text,
  textOrNull,
  unionOf,
} from '../domain/schema.ts';
import { SIGN_IN_EVENTS } from '../domain/sessions/sign-in.ts';
import { existingCase } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { type TaskFolder, taskFolders } from './task-folder.ts';

const VERSION = 1;

/**
 * open: not all of it is here · done · split: more than one query gives, narrower ones ask instead ·
 * spoiled: a page broke, narrower ones ask again · failed: it ended without a result · notOffered: the
 * API under which the tenant answers has no such thing · refused: a page was, the same is asked again ·
 * unreadable: nothing of it nor of those around it could be read; it is not asked more narrowly.
 */
const OUTCOMES = [
  ...(['open', 'done', 'split', 'spoiled'] as const),
  ...(['failed', 'notOffered', 'refused', 'unreadable'] as const),
] as const;

const range = { from: text, to: text };

const queryFilter: Schema<QueryFilter> = unionOf(
  objectOf({ by: only('actors'), names: listOf(text) }),
  objectOf({ by: only('keyword'), word: text }, { of: oneOf('owner', 'alias', 'address') }),
  objectOf({ by: only('addresses'), addresses: listOf(text), spelled: listOf(text) }),
  objectOf({ by: only('operation') }),
  objectOf({
    by: only('signIns'),
    property: oneOf('userPrincipalName', 'userId', 'appId'),
    value: text,
    event: oneOf(...SIGN_IN_EVENTS, 'user'),
  }),
);

/** One query as it stands. */
const queryState = objectOf(
  {
    ...range,
    filter: queryFilter,
    /** Its name in the tenant's list: by it we find a query of which we never heard whether it was made. */
    name: text,
    /** It may have been sent. */
    sent: flag,
    id: textOrNull,
    status: text,
    /** Since when the tenant has it. */
    since: textOrNull,
    /** How often it was made. */
    made: count,
    limitExceeded: orNull(flag),
    announced: orNull(count),
    passes: listOf(count),
    records: count,
    /** Numbers of the hours that have a record. */
    hours: listOf(integer),
    outcome: oneOf(...OUTCOMES),
    /** SHA-256 of the source that it became. */
    source: textOrNull,
    /** The one that it stands in for, by its index. */
    parent: orNull(count),
  },
  {
    /** Of the records, those from the addresses it asks for; null: it asks for none. */
    matching: orNull(count),
    /** Of one whose outcome is refused: what is not here, and why, in words. */
    refused: orNull(objectOf({ ...range, said: text })),
  },
);
export type QueryState = Required<Described<typeof queryState>>;

/** All that a fetch needs to go on after a crash, beside the manifest and the pages. */
const fetchState = objectOf(
  {
    version: only(VERSION),
    id: text,
    api: oneOf('search', 'activity', 'signIns'),
    root: oneOf('v1.0', 'beta', null),
    asked: objectOf({
      ...range,
      users: listOf(text),
      mailboxes: listOf(text),
      addresses: listOf(text),
    }),
    cloud: text,
    tenantId: text,
    account: text,
    clientId: text,
    analyst: text,
    title: text,
    again: textOrNull,
    startedAt: text,
    endedAt: textOrNull,
    /** The end of what the tenant could give, where it reaches less far back than was asked. */
    reachesFrom: textOrNull,
    queries: listOf(queryState),
  },
  {
    /** Kinds of sign-ins that came where several were asked for together. */
    eventsSeen: listOf(oneOf(...SIGN_IN_EVENTS)),
  },
);
export interface FetchState extends Described<typeof fetchState> {
  readonly queries: readonly QueryState[];
}

/** What an older mia did not say of a query. */
const UNSAID = { matching: null, refused: null } as const;

/** null: nothing of it was written. @throws Problem: it is damaged, or another version's. */
export const readFetchState = (folder: TaskFolder): FetchState | null => {
  const data: JsonObject | null = folder.state();
  if (data === null) return null;
  if (data['version'] !== VERSION)
    throw new Problem(
      `The fetch ${folder.id} was begun by another version of mia.`,
      'Resume it with that version, or fetch anew.',
    );
  const state = folder.checked(data, fetchState);
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

import type { FetchStatement } from '../../domain/fetch.ts';
import type { Span } from '../../domain/gaps.ts';

/** A mailbox, as what was asked for names it. */
export interface NamedMailbox {
  readonly guid: string | null;
  /** Names of its owner and of whoever opened it, lower case. */
  readonly openers: ReadonlySet<string>;
}

const isAskedFor = ({ asked }: FetchStatement, { guid, openers }: NamedMailbox): boolean => {
  const named = [...asked.users, ...asked.mailboxes].map((name) => name.toLowerCase());
  return named.length === 0 || named.some((name) => name === guid || openers.has(name));
};

/** Fetches of records of which something that was asked for could not be had so far. */
export const fetchesWithHoles = (fetches: readonly FetchStatement[]): readonly FetchStatement[] =>
  fetches.filter(({ api, holes }) => api !== 'signIns' && holes.some(({ filled }) => !filled));

/** What fetches did not get of the records of a mailbox (`domain.md`, Exposure 1, *notFetched*). */
export const holesOfMailbox = (
  fetches: readonly FetchStatement[],
  mailbox: NamedMailbox,
): readonly Span[] =>
  fetchesWithHoles(fetches)
    .filter((fetch) => isAskedFor(fetch, mailbox))
    .flatMap(({ holes }) => holes.filter(({ filled }) => !filled))
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));

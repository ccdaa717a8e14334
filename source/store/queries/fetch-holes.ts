import { holesOf, type NotFetched } from '../../domain/fetches/fetch-status.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import type { Span } from '../../domain/exposure/gaps.ts';

/** A mailbox, as what was asked for names it. */
export interface NamedMailbox {
  readonly guid: string | null;
  /** Names of its owner and of whoever opened it, lower case. */
  readonly openers: ReadonlySet<string>;
}

/**
 * A hole that names nobody is everybody's. One of an address is nobody's: whoever asks for an address
 * does not ask for what a mailbox was opened from elsewhere, and has never had it whole.
 */
const isOf = ({ user, address }: NotFetched, { guid, openers }: NamedMailbox): boolean => {
  if (user === null) return address === null;
  const name = user.toLowerCase();
  return name === guid || openers.has(name);
};

/** What fetches did not get of the records of a mailbox (`domain.md`, Exposure 1, *notFetched*). */
export const holesOfMailbox = (
  fetches: readonly FetchStatement[],
  mailbox: NamedMailbox,
): readonly Span[] =>
  holesOf(fetches)
    .filter((hole) => isOf(hole, mailbox))
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));

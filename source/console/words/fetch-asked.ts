/** Whom and what time a fetch is asked for, as typed. */
import { ipGroups } from '../../domain/addresses/ip-number.ts';
import { normaliseAddress } from '../../domain/addresses/address.ts';
import type { FetchAsked } from '../../domain/fetches/fetch.ts';
import { DAYS_ASKED } from '../../domain/fetches/fetch-status.ts';
import { isGuid } from '../../domain/guid.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Overview } from '../../case/overview.ts';
import { periodWords, readPeriod, typedWords, windowText } from './window.ts';

export type FetchSubjects = Pick<FetchAsked, 'users' | 'addresses'>;

const DAY_MS = 86_400_000;

const isoSecond = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Users, mailboxes and addresses between blanks or commas, or why they are none. */
export const readSubjects = (text: string): FetchSubjects | string => {
  const words = typedWords(text.replaceAll(',', ' '));
  const network = words.find((word) => word.includes('/'));
  if (network !== undefined)
    return `the tenant cannot be asked for a network (${forTerminal(network)}): name single addresses`;
  const isAddress = (word: string): boolean =>
    ipGroups(normaliseAddress(word).address ?? '') !== null;
  const others = words.filter((word) => !isAddress(word));
  const wrong = others.find((word) => !/.@./.test(word) && !isGuid(word));
  if (wrong !== undefined)
    return `"${forTerminal(wrong)}" is no user, mailbox or address: write anna@contoso.com, a GUID or an IP`;
  const addresses = words.filter(isAddress).map((word) => normaliseAddress(word).address ?? word);
  return { users: [...new Set(others)], addresses: [...new Set(addresses)] };
};

/** The access window where there is one, else as far back as is asked unless said. */
export const periodText = (overview: Overview | null, now: number): string => {
  const window = windowText(overview, null);
  return window === '' ? `${isoSecond(now - DAYS_ASKED * DAY_MS).slice(0, 10)} -` : window;
};

/** "2026-09-01 -": an end left open is now, a beginning left open lies DAYS_ASKED before the end. */
export const readAsked = (
  text: string,
  { users, addresses }: FetchSubjects,
  now: number,
): FetchAsked | string => {
  const words = periodWords(text);
  if (words.length > 2) return 'two times: from and to';
  const period = readPeriod(words);
  if (typeof period === 'string') return period;
  const to = period.to ?? isoSecond(now);
  const from = period.from ?? isoSecond(Date.parse(to) - DAYS_ASKED * DAY_MS);
  if (Date.parse(from) >= Date.parse(to)) return 'the beginning lies in the future';
  return { users, mailboxes: [], addresses, from, to };
};

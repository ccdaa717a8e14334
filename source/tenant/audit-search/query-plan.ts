/** Which queries bring all that was asked for, as few and as wide as may be (`tenant.md` 1.3, 1.5). */
import type { FetchAsked, TimeRange } from '../../domain/fetches/fetch.ts';
import type { PlannedQuery, QueryFilter } from '../../domain/fetches/fetch-query.ts';
import { isGuid } from '../../domain/guid.ts';

const distinct = (words: readonly string[]): readonly string[] => [
  ...new Map(words.map((word) => [word.toLowerCase(), word])).values(),
];

/** Other names of what is asked for, as records of the case have them. */
export interface KnownNames {
  /** GUIDs of mailboxes whose owner is among the users or mailboxes. */
  readonly mailboxes: readonly string[];
  /** The addresses as records spell them, with ports. */
  readonly addresses: readonly string[];
}

/** A list of a filter gets no longer. */
const MOST_SPELLINGS = 100;

/** `::1` stands as `[::1]` where a port may follow. */
const spellings = (address: string): readonly string[] =>
  address.includes(':') ? [address, `[${address}]`] : [address];

/** Owners and addresses are asked for in both of the ways that there are (`tenant.md` 1.5). */
export const planQueries = (
  { users, mailboxes, addresses, from, to }: FetchAsked,
  known: KnownNames = { mailboxes: [], addresses: [] },
): readonly PlannedQuery[] => {
  const actors = distinct(users).filter((user) => !isGuid(user));
  const owners = distinct([...users, ...mailboxes]);
  const asked = new Set(owners.map((owner) => owner.toLowerCase()));
  const aliases = distinct(known.mailboxes).filter((one) => !asked.has(one.toLowerCase()));
  const wanted = distinct(addresses);
  const spelled = distinct([...wanted.flatMap(spellings), ...known.addresses]);
  const filters: QueryFilter[] = [
    ...(actors.length === 0 ? [] : [{ by: 'actors', names: actors } as const]),
    ...owners.map((word) => ({ by: 'keyword', word, of: 'owner' }) as const),
    ...aliases.map((word) => ({ by: 'keyword', word, of: 'alias' }) as const),
    ...(wanted.length === 0
      ? []
      : [
          {
            by: 'addresses',
            addresses: wanted,
            spelled: spelled.slice(0, MOST_SPELLINGS),
          } as const,
        ]),
    ...wanted.map((word) => ({ by: 'keyword', word, of: 'address' }) as const),
  ];
  const needed: readonly QueryFilter[] = filters.length === 0 ? [{ by: 'operation' }] : filters;
  return needed.map((filter) => ({ filter, from, to }));
};

export const filterWords = (filter: QueryFilter): string => {
  switch (filter.by) {
    case 'actors':
      return `actor ${filter.names.join(', ')}`;
    case 'keyword':
      return `keyword ${filter.word}`;
    case 'addresses':
      return `address ${filter.addresses.join(', ')}`;
    case 'operation':
      return 'whole tenant';
    case 'signIns':
      return `${filter.event === 'user' ? '' : `${filter.event} `}sign-ins of ${filter.value}`;
  }
};

/** Whose records a query asks for, and from which addresses; both empty: anybody's from anywhere. */
export const askedBy = (
  filter: QueryFilter,
): { readonly users: readonly string[]; readonly addresses: readonly string[] } => {
  switch (filter.by) {
    case 'actors':
      return { users: filter.names, addresses: [] };
    case 'keyword':
      return filter.of === 'address'
        ? { users: [], addresses: [filter.word] }
        : { users: [filter.word], addresses: [] };
    case 'addresses':
      return { users: [], addresses: filter.addresses };
    case 'operation':
      return { users: [], addresses: [] };
    case 'signIns':
      return { users: [filter.value], addresses: [] };
  }
};

/** What one query gives at least (`tenant.md` 1.3): with fewer records it was not cut off. */
const LEAST_LIMIT = 1_000_000;

/** Whether a query that calls itself done may have been cut off; `stated`: what the tenant says of it, null: nothing. */
export const mayBeCutOff = (stated: boolean | null, records: number): boolean =>
  stated ?? records >= LEAST_LIMIT;

const SECOND = 1000;
/** Windows get no shorter, seconds. */
const SHORTEST = 60;
/** What two windows side by side have in common, seconds: whether ends belong to them is not documented. */
const OVERLAP = 60;

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** `from` and `to` where the tenant takes whole seconds only: never less than was asked. */
export const wholeSeconds = ({ from, to }: TimeRange): TimeRange => ({
  from: iso(Math.floor(Date.parse(from) / SECOND) * SECOND),
  to: iso(Math.ceil(Date.parse(to) / SECOND) * SECOND),
});

/** The window in two that overlap, each shorter than it and none under a minute; null: it is too short. */
export const halves = (window: TimeRange): readonly [TimeRange, TimeRange] | null => {
  const [from, to] = [Date.parse(window.from) / SECOND, Date.parse(window.to) / SECOND];
  const length = Math.ceil(to - from);
  if (length <= SHORTEST) return null;
  const shared = Math.min(OVERLAP, Math.floor(length / 4));
  const half = Math.max(SHORTEST, Math.ceil(length / 2) + Math.ceil(shared / 2));
  return [
    { from: window.from, to: iso((from + half) * SECOND) },
    { from: iso((to - half) * SECOND), to: window.to },
  ];
};

/**
 * The window in narrower ones for a page that broke after a record of time `last`: what lies around
 * it alone, since there the broken record is, and the rest on either side. Where records come in no
 * order (`last` null) it is halved. null: too short.
 */
export const aroundBreak = (
  window: TimeRange,
  last: string | null,
): readonly TimeRange[] | null => {
  const split = halves(window);
  if (split === null || last === null) return split;
  const [from, to, at] = [window.from, window.to, last].map((time) => Date.parse(time));
  if (from === undefined || to === undefined || at === undefined || at < from || at > to)
    return split;
  // Narrower than these five minutes there is nothing to be gained but by halving.
  if (to - from <= 5 * SHORTEST * SECOND) return split;
  const reach = 2 * SHORTEST * SECOND;
  const overlap = OVERLAP * SECOND;
  const around = { from: Math.max(from, at - reach), to: Math.min(to, at + reach) };
  const before = { from, to: around.from + overlap };
  const after = { from: around.to - overlap, to };
  return [before, around, after]
    .filter((one) => one !== before || around.from > from)
    .filter((one) => one !== after || around.to < to)
    .map((one) => ({ from: iso(one.from), to: iso(one.to) }));
};

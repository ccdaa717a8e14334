import type { EmptyHours, FetchHole, FetchStatement, TimeRange } from './fetch.ts';

/** How many days a fetch asks for by default: what a standard licence keeps (`tenant.md` 1.3). */
export const DAYS_ASKED = 180;

/** Records reach the tenant's log half an hour to a day after the access (`tenant.md` 1.3). */
const LATE_MS = 24 * 3_600_000;

/** Until when records of a period may still arrive. */
export const lateUntil = ({ to }: TimeRange): string =>
  new Date(Date.parse(to) + LATE_MS).toISOString().replace('.000Z', 'Z');

/** Ranges that are not known to be here whole. */
export const openHoles = ({ holes }: FetchStatement): readonly FetchHole[] =>
  holes.filter(({ filled }) => !filled);

/** The outcome that a fetch's own figures give. */
export const outcomeOf = (
  fetch: Pick<FetchStatement, 'endedAt' | 'holes' | 'damaged'>,
): FetchStatement['outcome'] => {
  if (fetch.endedAt === null) return 'unfinished';
  const open = fetch.holes.some(({ filled }) => !filled);
  return open || fetch.damaged > 0 ? 'missing' : 'nothingKnownMissing';
};

/**
 * Fetches that lack something, unfinished ones among them, and that no later repeat (`again`)
 * brought whole.
 */
export const fetchesLacking = (fetches: readonly FetchStatement[]): readonly FetchStatement[] => {
  const before = new Map(fetches.map(({ id, again }) => [id, again]));
  const made = new Set<string>();
  for (const { id, outcome } of fetches) {
    if (outcome !== 'nothingKnownMissing') continue;
    for (let one: string | null = id; one !== null && !made.has(one); one = before.get(one) ?? null)
      made.add(one);
  }
  return fetches.filter(({ id }) => !made.has(id));
};

/** A range of which records may not be in the case because a fetch did not bring them. */
export interface NotFetched extends TimeRange {
  /** A name or GUID of whom it is about, as it was asked for; null: anybody. */
  readonly user: string | null;
  /** Only records from this address are missing; null: any. */
  readonly address: string | null;
  readonly reason: FetchHole['why'];
}

/** Fetches of records with a hole that no later fetch filled. */
export const fetchesWithHoles = (fetches: readonly FetchStatement[]): readonly FetchStatement[] =>
  fetchesLacking(fetches).filter((one) => one.api !== 'signIns' && openHoles(one).length > 0);

/**
 * The holes of fetches of records that no later fetch filled, one for each user (`domain.md`,
 * Exposure 1, *notFetched*). Left out: damaged rows, which have a time of their own in the case,
 * and what an unfinished fetch has not asked for yet, since starting a fetch must not make the case
 * look worse. `fetchesWithHoles` counts such a fetch.
 */
export const holesOf = (fetches: readonly FetchStatement[]): readonly NotFetched[] =>
  fetchesWithHoles(fetches)
    .flatMap(openHoles)
    .filter(({ why }) => why !== 'unasked')
    .flatMap(({ from, to, why, users, addresses }): readonly NotFetched[] => {
      const hole = { from, to, user: null, address: null, reason: why };
      if (users.length > 0) return users.map((user) => ({ ...hole, user }));
      return addresses.length > 0 ? addresses.map((address) => ({ ...hole, address })) : [hole];
    });

const HOUR = 3_600_000;
const LONGEST = 20;

/** Numbers of the hours since 1970 that a period touches: first, and how many. */
const hoursOf = ({ from, to }: TimeRange): { readonly first: number; readonly count: number } => {
  const first = Math.floor(Date.parse(from) / HOUR);
  return { first, count: Math.max(0, Math.ceil(Date.parse(to) / HOUR) - first) };
};

export const hourOf = (time: string): number => Math.floor(Date.parse(time) / HOUR);

const isoHour = (hour: number): string => `${new Date(hour * HOUR).toISOString().slice(0, 19)}Z`;

/** Which hours of `period` have no record; `seen`: numbers of those that have one, as of `hourOf`. */
export const emptyHours = (period: TimeRange, seen: ReadonlySet<number>): EmptyHours => {
  const { first, count } = hoursOf(period);
  const ranges: { readonly start: number; readonly hours: number }[] = [];
  let hours = 0;
  for (let hour = first; hour < first + count; hour += 1) {
    if (seen.has(hour)) continue;
    hours += 1;
    const last = ranges.at(-1);
    if (last !== undefined && last.start + last.hours === hour)
      ranges[ranges.length - 1] = { start: last.start, hours: last.hours + 1 };
    else ranges.push({ start: hour, hours: 1 });
  }
  const longest = ranges
    .toSorted((one, other) => other.hours - one.hours || one.start - other.start)
    .slice(0, LONGEST)
    .toSorted((one, other) => one.start - other.start);
  return {
    hours,
    of: count,
    longest: longest.map((one) => ({
      from: isoHour(one.start),
      to: isoHour(one.start + one.hours),
    })),
  };
};

import type { FetchHole, FetchStatement, TimeRange } from './fetch.ts';

/** How far back is asked where nothing is said: what a standard licence keeps (`tenant.md` 1.3). */
export const DAYS_ASKED = 180;

/** Records are in the tenant's log half an hour to a day after what they tell of (`tenant.md` 1.3). */
const LATE_MS = 24 * 3_600_000;

/** Until when records of a period may still arrive. */
export const lateUntil = ({ to }: TimeRange): string =>
  new Date(Date.parse(to) + LATE_MS).toISOString().replace('.000Z', 'Z');

/** Ranges that are not known to be here whole. */
export const openHoles = ({ holes }: FetchStatement): readonly FetchHole[] =>
  holes.filter(({ filled }) => !filled);

/** How a fetch stands by its own figures. */
export const outcomeOf = (
  fetch: Pick<FetchStatement, 'endedAt' | 'holes' | 'damaged'>,
): FetchStatement['outcome'] => {
  if (fetch.endedAt === null) return 'unfinished';
  const open = fetch.holes.some(({ filled }) => !filled);
  return open || fetch.damaged > 0 ? 'missing' : 'nothingKnownMissing';
};

/**
 * Fetches after which something is known to be missing, and that were not asked again since with an
 * answer that lacks nothing. Those that have not ended are among them.
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
 * The holes of all fetches of records that no later fetch filled, one for each user (`domain.md`,
 * Exposure 1, *notFetched*). Damaged rows are none of them: they stand in the case by their own time.
 * Nor is what an unfinished fetch has not asked for yet: the case is as it was before, and asking must
 * not make it worse for as long as it takes. `fetchesWithHoles` counts such a fetch.
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

import { hashOf, seededRandom } from '../../../scripts/generator/random.ts';
import type { StoredRecord } from '../tenant-case.ts';
import { isoSeconds } from '../virtual-clock.ts';
import type { AuditOptions } from '../tenant-options.ts';
import type { QueryFilters } from './query-filters.ts';

export type QueryStatus = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** How a query will end, decided when it is created. */
export type QueryOutcome = 'succeeded' | 'failed' | 'cancelled' | 'never';

/** What a query found, in no order. */
export interface QueryResult {
  readonly records: readonly StoredRecord[];
  readonly exceeded: boolean;
}

export interface AuditQuery {
  readonly id: string;
  readonly filters: QueryFilters;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly outcome: QueryOutcome;
  /** Some records have not arrived yet. */
  readonly hidesLate: boolean;
  /** Announces so many records more than it hands out. */
  readonly announcesMore: number;
  readonly workloads: readonly string[] | null;
  result: QueryResult | null;
  /** Times the first page was asked for. */
  passes: number;
  /** Passes that leave some records out. */
  readonly thinPasses: Set<number>;
  /** Ids of records that spoil their page in this query. */
  readonly poisoned: Set<string>;
}

/** A seventh of the time it waits, then it runs (`tenant.md` 1.3). */
export const statusAt = (query: AuditQuery, now: number, minutes: number): QueryStatus => {
  const passed = (now - query.createdAt) / 60_000;
  if (passed < minutes / 7) return 'notStarted';
  return query.outcome === 'never' || passed < minutes ? 'running' : query.outcome;
};

const numberOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16);

/** The same share of records for the same salt, in every query. */
export const isChosen = (id: string, salt: number, oneIn: number): boolean =>
  hashOf(numberOf(id), salt) % oneIn === 0;

/** Fisher and Yates, by a seed of the query: never in order of time, and stable over pages. */
export const shuffled = <Item>(items: readonly Item[], seed: number): Item[] => {
  const random = seededRandom(seed);
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
};

export const queryBody = (
  query: AuditQuery,
  status: QueryStatus,
  options: AuditOptions,
): Record<string, unknown> => {
  const { filters, result } = query;
  const found = status === 'succeeded' ? (result?.records.length ?? 0) : 0;
  const counts = {
    approximateReturnedRecordCount: found && found + query.announcesMore,
    isRecordCountLimitExceeded: status === 'succeeded' && result?.exceeded === true,
    recordCountLimit: options.recordCountLimit,
  };
  return {
    id: query.id,
    displayName: filters.displayName,
    filterStartDateTime: filters.from === null ? null : isoSeconds(filters.from),
    filterEndDateTime: filters.to === null ? null : isoSeconds(filters.to),
    keywordFilter: filters.keyword,
    ...filters.lists,
    status,
    ...(options.counts ? counts : {}),
  };
};

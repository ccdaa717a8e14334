/** What a fetch is known not to have brought, or not known to have brought whole. */
import type {
  FetchHole,
  FetchStatement,
  HoleReason,
  TimeRange,
} from '../../domain/fetches/fetch.ts';
import { isShort } from '../../domain/fetches/stored-fetch.ts';
import { askedBy } from '../../tenant/audit-search/query-plan.ts';
import type { FetchState, QueryState } from '../../store/fetch-state.ts';

type Queries = readonly QueryState[];

const childrenOf = (queries: Queries, index: number): readonly number[] =>
  queries.flatMap(({ parent }, at) => (parent === index ? [at] : []));

/** Whether all of a query's window was had, by itself or by those that stand in for it. */
const isFilled = (queries: Queries, index: number): boolean => {
  const query = queries[index];
  if (query?.outcome === 'done') return !isShort(query);
  const children = childrenOf(queries, index);
  return children.length > 0 && children.every((child) => isFilled(queries, child));
};

const isSettled = (queries: Queries, index: number): boolean =>
  queries[index]?.outcome !== 'open' &&
  childrenOf(queries, index).every((child) => isSettled(queries, child));

/** Of a query and all that stand in for it. */
const sumOver = (queries: Queries, index: number, of: (query: QueryState) => number): number => {
  const query = queries[index];
  return childrenOf(queries, index).reduce(
    (sum, child) => sum + sumOver(queries, child, of),
    query === undefined ? 0 : of(query),
  );
};

/** Distinct records that came of a query and of all that stand in for it so far. */
export const recordsUnder = (queries: Queries, index: number): number =>
  sumOver(queries, index, ({ records }) => records);

/**
 * A keyword that found nothing: it need not search the field that names the owner or the address
 * (`tenant.md` 1.5), so that nothing is no answer.
 */
const foundNothing = (queries: Queries, index: number): boolean => {
  const query = queries[index];
  if (query?.filter.by !== 'keyword' || query.parent !== null || query.filter.of === 'alias')
    return false;
  if (query.outcome === 'failed' || !isSettled(queries, index)) return false;
  return sumOver(queries, index, ({ matching, records }) => matching ?? records) === 0;
};

const holeOf = (
  query: QueryState,
  why: HoleReason,
  filled: boolean,
  more: { readonly range?: TimeRange; readonly said?: string } = {},
): FetchHole => {
  const { from, to } = more.range ?? query;
  return { from, to, why, filled, ...askedBy(query.filter), said: more.said ?? null };
};

const refusedHole = (query: QueryState, filled: boolean): FetchHole =>
  query.refused === null
    ? holeOf(query, 'refused', filled)
    : holeOf(query, 'refused', filled, { range: query.refused, said: query.refused.said });

const holesOfQuery = (queries: Queries, index: number): readonly FetchHole[] => {
  const query = queries[index];
  if (query === undefined) return [];
  const filled = isFilled(queries, index);
  switch (query.outcome) {
    case 'open':
      // What a refused page left is said already.
      return queries[query.parent ?? -1]?.outcome === 'refused'
        ? []
        : [holeOf(query, 'unasked', false)];
    case 'refused':
      return [refusedHole(query, filled)];
    case 'spoiled':
      return [holeOf(query, 'spoiled', filled)];
    case 'split':
      return filled ? [] : [holeOf(query, 'limit', false)];
    case 'done':
      return filled ? [] : [holeOf(query, 'announced', false)];
    case 'unreadable':
    case 'failed':
      return [holeOf(query, query.outcome, filled)];
    // Said for all of them together.
    case 'notOffered':
      return [];
  }
};

const outOfReach = ({ asked, reachesFrom }: FetchState): readonly FetchHole[] => {
  if (reachesFrom === null || Date.parse(reachesFrom) <= Date.parse(asked.from)) return [];
  const to = Date.parse(reachesFrom) < Date.parse(asked.to) ? reachesFrom : asked.to;
  const users = [...asked.users, ...asked.mailboxes];
  const of = { users, addresses: asked.addresses, said: null };
  return [{ from: asked.from, to, why: 'outOfReach', filled: false, ...of }];
};

/** Of v1.0, which is asked for users and gives a part of their sign-ins: as one hole, whoever they are. */
const missingKinds = ({ api, root, queries, asked }: FetchState): readonly FetchHole[] => {
  const [first] = queries;
  if (api !== 'signIns' || root !== 'v1.0' || first === undefined) return [];
  const { from, to } = first;
  const of = { users: asked.users, addresses: [], said: null };
  return [{ from, to, why: 'notOffered', filled: false, ...of }];
};

/** Holes of a fetch as its queries stand, those that were filled since too. */
export const holesOfFetch = (state: FetchState): readonly FetchHole[] => {
  const { queries } = state;
  return [
    ...outOfReach(state),
    ...missingKinds(state),
    ...queries.flatMap((_, index) => holesOfQuery(queries, index)),
    ...queries.flatMap((query, index) =>
      foundNothing(queries, index) ? [holeOf(query, 'foundNothing', false)] : [],
    ),
  ];
};

/** Whether others stand in for it: narrower ones, or the same one asked again to its end. */
const isReplaced = (queries: Queries, index: number): boolean => {
  const children = childrenOf(queries, index);
  return (
    children.length > 0 &&
    !(queries[index]?.outcome === 'refused' && queries[children[0] ?? -1]?.outcome === 'open')
  );
};

/** The sources of queries that no narrower ones stand in for: what is damaged in them stays missing. */
export const lastSources = ({ queries }: FetchState): readonly string[] =>
  queries.flatMap(({ source }, index) =>
    source === null || isReplaced(queries, index) ? [] : [source],
  );

/**
 * What the tenant announced and what came of that: of queries with an announced number, without those
 * that narrower ones replaced. Announced null: it announced none.
 */
export const announcedAndReceived = ({
  queries,
}: FetchState): Pick<FetchStatement, 'announced' | 'received'> => {
  const counted = queries.filter(
    ({ announced, parent, outcome }, index) =>
      announced !== null &&
      !isReplaced(queries, index) &&
      !(outcome === 'open' && queries[parent ?? -1]?.outcome === 'refused'),
  );
  const sum = (of: (query: QueryState) => number): number =>
    counted.reduce((all, query) => all + of(query), 0);
  return {
    announced: counted.length === 0 ? null : sum(({ announced }) => announced ?? 0),
    received: sum(({ records }) => records),
  };
};

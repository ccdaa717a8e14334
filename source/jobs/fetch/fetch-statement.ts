import type { FetchHole, FetchStatement } from '../../domain/fetch.ts';
import { emptyHours } from '../../domain/fetch-hours.ts';
import { changeCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { queriesPath } from '../../tenant/audit-search/search-query.ts';
import { filterWords } from '../../tenant/audit-search/query-plan.ts';
import { signInsPath } from '../../tenant/sign-in-log/sign-in-log.ts';
import type { FetchState, FetchStateKeeper, QueryState } from './fetch-state.ts';
import { newRecordsOf } from './import-pages.ts';

const ID_LENGTH = 12;

/** Whether all of a query's window was had, by itself or by those that stand in for it. */
const isFilled = (queries: readonly QueryState[], place: number): boolean => {
  if (queries[place]?.outcome === 'done') return true;
  const children = queries.flatMap(({ parent }, at) => (parent === place ? [at] : []));
  return children.length > 0 && children.every((child) => isFilled(queries, child));
};

/** Of v1.0, which is asked for users and gives a part of their sign-ins: as one hole, whoever they are. */
const isMissingKinds = ({ api, root, queries }: FetchState): boolean =>
  api === 'signIns' && root === 'v1.0' && queries.length > 0;

const holesOf = (state: FetchState): readonly FetchHole[] => {
  const { queries, asked, reachesFrom } = state;
  const holes: FetchHole[] = [];
  if (reachesFrom !== null && Date.parse(reachesFrom) > Date.parse(asked.from))
    holes.push({
      from: asked.from,
      to: Date.parse(reachesFrom) < Date.parse(asked.to) ? reachesFrom : asked.to,
      why: 'outOfReach',
      filled: false,
    });
  queries.forEach(({ from, to, outcome }, place) => {
    const filled = isFilled(queries, place);
    if (outcome === 'spoiled') holes.push({ from, to, why: 'spoiled', filled });
    else if (outcome === 'split' && !filled) holes.push({ from, to, why: 'limit', filled });
    else if (outcome === 'failed' || outcome === 'refused')
      holes.push({ from, to, why: outcome, filled });
  });
  const [first] = queries;
  if (first !== undefined && isMissingKinds(state))
    holes.push({ from: first.from, to: first.to, why: 'notOffered', filled: false });
  return holes;
};

const outcomeOf = (
  { queries, endedAt }: FetchState,
  holes: readonly FetchHole[],
): FetchStatement['outcome'] => {
  if (endedAt === null || queries.some(({ outcome }) => outcome === 'open')) return 'unfinished';
  return holes.some(({ filled }) => !filled) ? 'incomplete' : 'complete';
};

const endpointOf = ({ api, root, tenantId }: FetchState): string => {
  switch (api) {
    case 'search':
      return queriesPath(root ?? 'v1.0');
    case 'activity':
      return `/api/v1.0/${tenantId}/activity/feed/subscriptions/content`;
    case 'signIns':
      return signInsPath(root ?? 'v1.0');
  }
};

const requestsOf = (keeper: FetchStateKeeper) => {
  const lines = keeper.folder.manifest().filter(({ entry }) => entry === 'request');
  return {
    requests: lines.length,
    retries: lines.filter(({ repeated }) => repeated === true).length,
  };
};

/** What can be said for the completeness of a fetch now. */
const fetchStatement = (folder: CaseFolder, keeper: FetchStateKeeper): FetchStatement => {
  const { state } = keeper;
  const { queries, asked } = state;
  const holes = holesOf(state);
  const hours = new Set(queries.flatMap((query) => query.hours));
  return {
    id: state.id,
    api: state.api,
    cloud: state.cloud,
    tenantId: state.tenantId,
    account: state.account,
    clientId: state.clientId,
    analyst: state.analyst,
    endpoint: endpointOf(state),
    asked,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    outcome: outcomeOf(state, holes),
    queries: queries.map((query) => ({
      name: query.name,
      id: query.id,
      filter: filterWords(query.filter),
      from: query.from,
      to: query.to,
      status: query.status,
      passes: query.passes,
      records: query.records,
      limitExceeded: query.limitExceeded,
      announced: query.announced,
      source: query.source === null ? null : query.source.slice(0, ID_LENGTH),
    })),
    records: queries.reduce((sum, { records }) => sum + records, 0),
    newRecords: newRecordsOf(
      { folder },
      state.id,
      queries.flatMap(({ source }) => (source === null ? [] : [source])),
    ),
    ...requestsOf(keeper),
    emptyHours: emptyHours(asked, hours),
    holes,
    again: state.again,
  };
};

/** Puts the statement into case.json, in the place of an earlier one of the same fetch. */
export const keepStatement = (folder: CaseFolder, keeper: FetchStateKeeper): FetchStatement => {
  const statement = fetchStatement(folder, keeper);
  changeCaseFile(folder, (before) => {
    const place = before.fetches.findIndex(({ id }) => id === statement.id);
    const fetches =
      place < 0
        ? [...before.fetches, statement]
        : before.fetches.map((one, at) => (at === place ? statement : one));
    return { ...before, fetches };
  });
  return statement;
};

import type { FetchedQuery, FetchStatement } from '../../domain/fetches/fetch.ts';
import { emptyHours, lateUntil, outcomeOf } from '../../domain/fetches/fetch-status.ts';
import { fetchedQuery } from '../../exports/documents/fetch.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { FetchState, QueryState } from '../../store/fetch-state.ts';
import { queriesPath } from '../../tenant/audit-search/search-query.ts';
import { filterWords } from '../../tenant/audit-search/query-plan.ts';
import { signInsPath } from '../../tenant/sign-in-log/sign-in-log.ts';
import type { FetchStore } from './fetch-store.ts';
import { announcedAndReceived, holesOfFetch, lastSources } from './holes-of-fetch.ts';

const ID_LENGTH = 12;

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

const requestsOf = (store: FetchStore) => {
  const lines = store.manifest().filter(({ entry }) => entry === 'request');
  return {
    requests: lines.length,
    retries: lines.filter(({ repeated }) => repeated === true).length,
  };
};

const shortId = (sha256: string): string => sha256.slice(0, ID_LENGTH);

const queryStatement = (query: QueryState): FetchedQuery =>
  fetchedQuery({
    ...query,
    filter: filterWords(query.filter),
    source: query.source === null ? null : shortId(query.source),
  });

/** Rows of these sources that could not be read. */
const damagedIn = (folder: CaseFolder, sources: readonly string[]): number => {
  const own = new Set(sources);
  return readCaseFile(folder).sources.reduce(
    (sum, { sha256, damaged }) => sum + (own.has(sha256) ? damaged : 0),
    0,
  );
};

/**
 * Records that the case holds because of these sources of a fetch first. A source that an earlier
 * fetch made, byte for byte the same, brought nothing new.
 */
const newRecordsOf = (folder: CaseFolder, fetch: string, sources: readonly string[]): number => {
  const { fetches, sources: all } = readCaseFile(folder);
  const index = fetches.findIndex(({ id }) => id === fetch);
  const earlier = index < 0 ? fetches : fetches.slice(0, index);
  const had = new Set(earlier.flatMap(({ queries }) => queries.map(({ source }) => source)));
  return all
    .filter(({ sha256, withdrawn }) => withdrawn === null && sources.includes(sha256))
    .filter(({ id }) => !had.has(id))
    .reduce((sum, { accepted }) => sum + accepted, 0);
};

/** What can be said now of what a fetch brought and what it did not. */
const fetchStatement = (folder: CaseFolder, store: FetchStore): FetchStatement => {
  const { state } = store;
  const { queries, asked } = state;
  const hours = new Set(queries.flatMap((query) => query.hours));
  const own = queries.flatMap(({ source }) => (source === null ? [] : [source]));
  const figures = {
    endedAt: state.endedAt,
    damaged: damagedIn(folder, lastSources(state)),
    holes: holesOfFetch(state),
  };
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
    ...figures,
    outcome: outcomeOf(figures),
    queries: queries.map(queryStatement),
    records: queries.reduce((sum, { records }) => sum + records, 0),
    ...announcedAndReceived(state),
    lateUntil: lateUntil(asked),
    newRecords: newRecordsOf(folder, state.id, own),
    ...requestsOf(store),
    emptyHours: emptyHours(asked, hours),
    again: state.again,
  };
};

/** Puts the statement into case.json, in the place of an earlier one of the same fetch. */
export const keepStatement = (folder: CaseFolder, store: FetchStore): FetchStatement => {
  const statement = fetchStatement(folder, store);
  changeCaseFile(folder, (before) => {
    const index = before.fetches.findIndex(({ id }) => id === statement.id);
    const fetches =
      index < 0 ? [...before.fetches, statement] : before.fetches.with(index, statement);
    return { ...before, fetches };
  });
  return statement;
};

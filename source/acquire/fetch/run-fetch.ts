import type { FetchApi, FetchAsked, FetchStatement } from '../../domain/fetches/fetch.ts';
import type { PlannedQuery } from '../../domain/fetches/fetch-query.ts';
import { Problem } from '../../domain/problem.ts';
import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { type FetchState, readFetchState } from '../../store/fetch-state.ts';
import { TaskFolder } from '../../store/task-folder.ts';
import { knownMailboxes, knownSpellings } from '../../store/queries/known-names.ts';
import { planQueries, wholeSeconds } from '../../tenant/audit-search/query-plan.ts';
import { feedReach } from '../../tenant/activity/activity-feed.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { signInFilters, signInReach } from '../../tenant/sign-in-log/sign-in-log.ts';
import { newTaskFolder } from '../task/task-store.ts';
import { boundedClient } from './fetch-bounds.ts';
import { keepStatement } from './fetch-statement.ts';
import { FetchStore, newQuery } from './fetch-store.ts';
import { FetchReporter, type FetchWork } from './fetch-work.ts';
import { runActivity } from './run-activity.ts';
import { runSearch } from './run-search.ts';
import { runSignIns } from './run-sign-ins.ts';

/** What one run of a fetch is given. The fetch lock is held. */
export type FetchRun = Omit<FetchWork, 'store' | 'reporter'>;

const RUNS: Readonly<Record<FetchApi, (work: FetchWork) => Promise<void>>> = {
  search: runSearch,
  activity: runActivity,
  signIns: runSignIns,
};

/** Follows a fetch, new or resumed, to its end, and gives what can be said for it. */
const follow = async (run: FetchRun, store: FetchStore): Promise<FetchStatement> => {
  const parts = { ...run, store, client: boundedClient(run.client, run.bounds) };
  const reporter = new FetchReporter(parts, () => void keepStatement(run.folder, store));
  // A crash may have come between the source and the end of its pages.
  store.state.queries.forEach(({ source }, index) => {
    if (source !== null) store.dropPagesOf(index);
  });
  keepStatement(run.folder, store);
  try {
    await RUNS[store.state.api]({ ...parts, reporter });
  } finally {
    keepStatement(run.folder, store);
  }
  store.change({ endedAt: isoTime(run.clock.now()) });
  return keepStatement(run.folder, store);
};

/**
 * What the tenant gave up while a fetch was left is out of reach, although it was not when it was
 * begun; some of it may be here, which is not counted on.
 */
const reachOnResuming = ({ api, queries, reachesFrom }: FetchState, now: number): string | null => {
  const open = queries.filter(({ outcome }) => outcome === 'open');
  if (open.length === 0 || api === 'search') return reachesFrom;
  // A feed that is not asked for yet says its reach when it is.
  if (api === 'activity' && open.every(({ sent }) => !sent)) return reachesFrom;
  const reach = api === 'signIns' ? signInReach(now) : feedReach(now);
  return reach > Date.parse(reachesFrom ?? '') || reachesFrom === null
    ? isoTime(reach)
    : reachesFrom;
};

/** Takes up a fetch where it was left. Problem: it is another tenant's. */
export const resumeFetch = async (run: FetchRun, id: string): Promise<FetchStatement> => {
  const folder = new TaskFolder(run.folder, id);
  const state = readFetchState(folder);
  if (state === null)
    throw new Problem(`There is no fetch ${id} in this case.`, 'mia sources lists the fetches.');
  if (state.tenantId.toLowerCase() !== run.client.tenantId.toLowerCase())
    throw new Problem(
      `The fetch ${id} is of the tenant ${state.tenantId}, and you are signed in to ${run.client.tenantId}.`,
      'Sign in to that tenant (--tenant), then resume.',
    );
  const store = new FetchStore(folder, state);
  const reachesFrom = reachOnResuming(state, run.clock.now());
  if (reachesFrom !== state.reachesFrom) store.change({ reachesFrom });
  return follow(run, store);
};

export interface NewFetch {
  readonly asked: FetchAsked;
  readonly api: FetchApi;
  readonly analyst: string;
  /** The fetch that is asked again. */
  readonly again: string | null;
}

/** Of the log as far as it reaches back; none where all that is asked is older. */
const signInQueries = (asked: FetchAsked, reach: string | null): readonly PlannedQuery[] => {
  const from = reach ?? asked.from;
  if (Date.parse(from) >= Date.parse(asked.to)) return [];
  return asked.users.flatMap(signInFilters).map((filter) => ({ filter, from, to: asked.to }));
};

/** Queries for what is asked, also by what records call it: GUIDs of mailboxes, addresses with ports. */
const planned = (
  folder: CaseFolder,
  { api, asked }: NewFetch,
  reach: string | null,
): readonly PlannedQuery[] => {
  switch (api) {
    case 'activity':
      return [{ filter: { by: 'operation' }, from: asked.from, to: asked.to }];
    case 'signIns':
      return signInQueries(asked, reach);
    case 'search':
      return planQueries(asked, {
        mailboxes: knownMailboxes(folder, [...asked.users, ...asked.mailboxes]),
        addresses: knownSpellings(folder, asked.addresses),
      });
  }
};

/** Where the sign-in log begins, if that is later than what is asked. */
const reachOf = ({ api, asked }: NewFetch, now: number): string | null => {
  const reach = signInReach(now);
  return api === 'signIns' && reach > Date.parse(asked.from) ? isoTime(reach) : null;
};

/** Begins a fetch and follows it to its end. All that it takes to resume it is on the disk first. */
export const beginFetch = async (run: FetchRun, wanted: NewFetch): Promise<FetchStatement> => {
  const { client, clock } = run;
  const asked = { ...wanted.asked, ...wholeSeconds(wanted.asked) };
  const folder = newTaskFolder(run.folder, 'fetch');
  const { id } = folder;
  const title = readCaseFile(run.folder).title;
  const reachesFrom = reachOf({ ...wanted, asked }, clock.now());
  const queries = planned(run.folder, { ...wanted, asked }, reachesFrom);
  const state: FetchState = {
    version: 1,
    id,
    api: wanted.api,
    root: null,
    asked,
    cloud: client.cloud.name,
    tenantId: client.tenantId,
    account: client.account.name,
    clientId: client.clientId,
    analyst: wanted.analyst,
    title,
    again: wanted.again,
    startedAt: isoTime(clock.now()),
    endedAt: null,
    reachesFrom,
    queries: queries.map((query, index) => newQuery({ id, title }, query, index)),
  };
  const store = new FetchStore(folder, state, run.folder);
  store.change({});
  return follow(run, store);
};

import type { FetchApi, FetchAsked, FetchStatement } from '../../domain/fetches/fetch.ts';
import { Problem } from '../../domain/problem.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import { type CaseFolder, LOCKS } from '../../store/case-folder.ts';
import { unfinishedFetches, unfinishedStates } from '../../store/fetch-state.ts';
import { isOffered } from '../../tenant/abilities.ts';
import type { Cloud } from '../../tenant/clouds.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../../store/analyst.ts';
import type { TenantOrder } from '../authenticate/connect-tenant.ts';
import { runJob } from '../../threads/start-thread.ts';
import { startTenantThread } from '../authenticate/tenant-thread.ts';
import { runTask } from '../task/run-task.ts';
import { FETCH_BOUNDS, type FetchBounds } from './fetch-bounds.ts';
import type { FetchEvent } from './fetch-work.ts';
import { beginFetch, type FetchRun, resumeFetch } from './run-fetch.ts';

/** What to fetch. `api` null: audit search where the cloud has it. */
export type FetchRequest =
  | { readonly request: 'new'; readonly asked: FetchAsked; readonly api: FetchApi | null }
  /** The last one that ended, once more: what came late is new. */
  | { readonly request: 'again'; readonly api: FetchApi | null }
  /** All that have not ended. */
  | { readonly request: 'resume' };

export interface FetchOrder extends TenantOrder {
  readonly request: FetchRequest;
  /** A new fetch makes the case also in a folder that holds other files. */
  readonly newCase?: boolean;
  /** As named by the user; null: case.json's, else user@host. */
  readonly analyst: string | null;
  /** Other bounds than FETCH_BOUNDS, as tests have them. */
  readonly bounds?: Partial<FetchBounds>;
}

const apiFor = (cloud: Cloud, wanted: FetchApi | null): FetchApi => {
  const api = wanted ?? (isOffered(cloud, 'auditSearch') ? 'search' : 'activity');
  if (api === 'signIns') return api;
  if (isOffered(cloud, api === 'search' ? 'auditSearch' : 'managementActivity')) return api;
  throw new Problem(
    `The cloud ${cloud.name} has ${api === 'search' ? 'no audit search' : 'no activity feed that mia knows'}.`,
    'Export the audit log in the Purview portal and import the file.',
  );
};

/** Of sign-ins only where these are wished for: asking for records again means records. */
const lastEnded = (folder: CaseFolder, wanted: FetchApi | null): FetchStatement => {
  const signIns = wanted === 'signIns';
  const last = readCaseFile(folder).fetches.findLast(
    ({ endedAt, api }) => endedAt !== null && (api === 'signIns') === signIns,
  );
  if (last !== undefined) return last;
  throw new Problem(
    `This case has no fetch of ${signIns ? 'sign-ins' : 'records'} that ended, to ask again.`,
    `Fetch first: mia fetch${signIns ? ' --sign-ins' : ''}.`,
  );
};

const fetchAll = async (run: FetchRun, order: FetchOrder): Promise<readonly FetchStatement[]> => {
  const { folder, client } = run;
  const { request } = order;
  if (request.request === 'resume') {
    const statements: FetchStatement[] = [];
    for (const { id } of unfinishedStates(folder)) statements.push(await resumeFetch(run, id));
    return statements;
  }
  const analyst = analystOf(order.analyst, readCaseFile(folder).analyst);
  if (request.request === 'new') {
    const { asked } = request;
    return [
      await beginFetch(run, {
        asked,
        api: apiFor(client.cloud, request.api),
        analyst,
        again: null,
      }),
    ];
  }
  const { id, asked, api } = lastEnded(folder, request.api);
  const wanted = apiFor(client.cloud, request.api ?? api);
  return [await beginFetch(run, { asked, api: wanted, analyst, again: id })];
};

const refuseWithout = (folder: CaseFolder, { request }: FetchOrder): void => {
  if (request.request === 'again') lastEnded(folder, request.api);
  if (request.request === 'resume' && unfinishedStates(folder).length === 0)
    throw new Problem('This case has no unfinished fetch.', 'Begin one: mia fetch.');
};

/**
 * `mia fetch`: ends in exactly one of finished, cancelled, failed. Whatever ends it early, and
 * however, the fetch can be resumed. Leaving early cancels it.
 */
export const fetchRecords = (order: FetchOrder): AsyncGenerator<FetchEvent> => {
  const isNew = order.request.request === 'new';
  return runTask({
    order,
    open: { create: isNew, amongOthers: order.newCase === true },
    lock: LOCKS.fetch,
    busy: new Problem('Another program is fetching into this case.', 'Wait for it, or end it.'),
    async run({ connect, ...context }) {
      const { folder, clock, emit } = context;
      refuseWithout(folder, order);
      // So that authenticating finds a case to note the tenant in, for resuming without a flag.
      if (isNew) changeCaseFile(folder, (before) => before);
      const none = { status: null, queries: { done: 0, all: 0 }, pages: 0, records: 0, wait: null };
      const since = isoTime(clock.now());
      emit({ event: 'progress', progress: { id: null, step: 'signingIn', since, ...none } });
      const client = await connect();
      const bounds = { ...FETCH_BOUNDS, ...order.bounds };
      return {
        event: 'finished',
        statements: await fetchAll({ ...context, client, bounds }, order),
      };
    },
    // What can be resumed; null where nothing was begun.
    kept: () => ({ id: unfinishedFetches(order.folder).at(-1)?.id ?? null }),
  });
};

/** What the thread answers. Its order is one without what can't cross into it. */
export type FetchThread = {
  readonly run: (
    order: Omit<
      FetchOrder,
      'signal' | 'askHidden' | 'shared' | 'clock' | 'openBrowser' | 'bounds'
    > & {
      /** Whether there is somebody to ask for a secret. */
      readonly canAsk: boolean;
    },
    signal: AbortSignal,
  ) => AsyncGenerator<FetchEvent>;
};

/**
 * The same as `fetchRecords`, in a thread of its own: the console must answer a key at once whatever
 * comes in, and of a thread the heap can be bounded.
 */
export async function* fetchInThread(
  order: Omit<FetchOrder, 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { folder, request, newCase = false, flags, variables, remember, anew, analyst } = order;
  const { signal, askHidden } = order;
  if (signal.aborted) {
    yield { event: 'cancelled', id: null };
    return;
  }
  const thread = startTenantThread<FetchThread>(import.meta.url, './fetch-worker.ts', order);
  const asked = { folder, request, newCase, flags, variables, remember, anew, analyst };
  yield* runJob(thread, { ...asked, canAsk: askHidden !== null }, signal);
}

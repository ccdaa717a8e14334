import { type FetchOrder, fetchInThread } from '../acquire/fetch/fetch-records.ts';
import type { FetchEvent } from '../acquire/fetch/fetch-work.ts';
import type { CaseClient } from '../case/case-client.ts';
import { exportInThread } from '../case/export/export-in-thread.ts';
import { importPaths } from '../import/import-paths.ts';
import type { Effect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import { withHome } from './complete-path.ts';
import { failureText } from './failure-text.ts';
import { createLookups, type LookupDependencies } from './lookups.ts';
import { type ConsoleCase, tenantJob } from './console-case.ts';
import { askHiddenFor, type SecretLine } from './secret-line.ts';

type JobEffect = Extract<Effect, { effect: 'import' | 'export' | 'load-demo' | 'fetch' }>;

export interface Jobs {
  /** Resolves when the job has ended, however it did; the console is jobEvent. */
  run(effect: JobEffect): Promise<void>;
  /** Begins a connection that stays; it ends when it is cancelled, or by itself. */
  lookup(effect: Extract<Effect, { effect: 'lookup' }>): void;
  want(effect: Extract<Effect, { effect: 'want-messages' }>): Promise<void>;
  cancel(job: number): void;
  cancelAll(): void;
  /** Resolves when no connection is left. */
  disconnected(): Promise<void>;
}

export interface JobDependencies {
  readonly current: () => ConsoleCase;
  readonly openDemo: ((signal: AbortSignal) => Promise<ConsoleCase>) | null;
  readonly replaceCase: (opened: ConsoleCase) => void;
  readonly dispatch: (event: ConsoleEvent) => void;
  readonly secrets: SecretLine;
  readonly track: LookupDependencies['track'];
}

const runImport = async (
  { current, dispatch }: JobDependencies,
  { job, paths }: Extract<Effect, { effect: 'import' }>,
  signal: AbortSignal,
): Promise<void> => {
  const { folder, client } = current();
  // Who the decisions are by, imports are by too: the name given, else that of the case.
  const { analyst } = client;
  const order = { folder, paths: paths.map(withHome), keep: true, analyst, signal };
  for await (const jobEvent of importPaths(order)) dispatch({ event: 'import', job, jobEvent });
};

const runExport = async (
  { current, dispatch }: JobDependencies,
  { job, format, path }: Extract<Effect, { effect: 'export' }>,
  signal: AbortSignal,
): Promise<void> => {
  const { folder, analyst, toolVersion, client } = current();
  const files = await exportInThread(
    {
      ...{ folder, analyst, toolVersion, format, readOnly: client.readOnly },
      path: withHome(path),
    },
    signal,
  );
  dispatch({ event: 'exported', job, format, files });
};

/** The sign-ins of whoever acted in the sessions of the case. */
async function* fetchSignIns(
  client: CaseClient,
  order: Omit<FetchOrder, 'request' | 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { asked, leftOut } = await client.tenant.signInsToAsk();
  const names = leftOut.join(', ');
  if (names !== '')
    yield { event: 'note', text: `Not asked for, having neither a user name nor an id: ${names}.` };
  yield* fetchInThread({ ...order, request: { request: 'new', asked, api: 'signIns' } });
}

const runFetch = async (
  dependencies: JobDependencies,
  { job, request, authentication }: Extract<Effect, { effect: 'fetch' }>,
  signal: AbortSignal,
): Promise<void> => {
  const { current, dispatch } = dependencies;
  const opened = current();
  const order = {
    ...tenantJob(opened, authentication),
    ...{ askHidden: askHiddenFor(dependencies, job), signal },
  };
  try {
    const events =
      request.request === 'sign-ins'
        ? fetchSignIns(opened.client, order)
        : fetchInThread({ ...order, request });
    for await (const jobEvent of events) dispatch({ event: 'fetch', job, jobEvent });
  } catch (failure) {
    const problem = failureText(failure);
    const jobEvent = signal.aborted
      ? ({ event: 'cancelled', id: null } as const)
      : ({ event: 'failed', problem, hint: '', id: null } as const);
    dispatch({ event: 'fetch', job, jobEvent });
  }
};

const loadDemo = async (
  dependencies: JobDependencies,
  job: number,
  signal: AbortSignal,
): Promise<void> => {
  if (dependencies.openDemo === null) return;
  dependencies.replaceCase(await dependencies.openDemo(signal));
  dependencies.dispatch({ event: 'demo-loaded', job });
};

const runJob = (
  dependencies: JobDependencies,
  effect: JobEffect,
  signal: AbortSignal,
): Promise<void> => {
  switch (effect.effect) {
    case 'import':
      return runImport(dependencies, effect, signal);
    case 'export':
      return runExport(dependencies, effect, signal);
    case 'fetch':
      return runFetch(dependencies, effect, signal);
    case 'load-demo':
      return loadDemo(dependencies, effect.job, signal);
  }
};

/** Long work, each with a signal of its own; ends in exactly one of finished, cancelled, failed. */
export const createJobs = (dependencies: JobDependencies): Jobs => {
  const running = new Map<number, AbortController>();
  const connections = new Set<Promise<void>>();
  const lookups = createLookups(dependencies);
  return {
    async run(effect) {
      const { job } = effect;
      const control = new AbortController();
      running.set(job, control);
      try {
        await runJob(dependencies, effect, control.signal);
      } catch (failure) {
        dependencies.dispatch(
          control.signal.aborted
            ? { event: 'job-cancelled', job }
            : { event: 'job-failed', job, problem: failureText(failure) },
        );
      } finally {
        running.delete(job);
        dependencies.secrets.forget(job);
      }
    },
    lookup(effect) {
      const control = new AbortController();
      running.set(effect.job, control);
      const connection = lookups.run(effect, control.signal).finally(() => {
        running.delete(effect.job);
        connections.delete(connection);
      });
      connections.add(connection);
    },
    want: lookups.want,
    async disconnected() {
      await Promise.all(connections);
    },
    cancel: (job) => running.get(job)?.abort(),
    cancelAll: () => {
      for (const control of running.values()) control.abort();
    },
  };
};

import type { Effect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import { withHome } from './complete-path.ts';
import { failureText } from './failure-text.ts';
import { createLookups, type LookupDependencies } from './lookups.ts';
import type { ConsoleCase } from './console-case.ts';
import type { SecretLine } from './secret-line.ts';

type JobEffect = Extract<Effect, { effect: 'import' | 'export' | 'load-demo' | 'fetch' }>;

export interface Jobs {
  /** Resolves when the job has ended, however it did; the console is told. */
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
  dependencies: JobDependencies,
  effect: Extract<Effect, { effect: 'import' }>,
  signal: AbortSignal,
): Promise<void> => {
  const paths = effect.paths.map(withHome);
  for await (const jobEvent of dependencies.current().importer(paths, signal))
    dependencies.dispatch({ event: 'import', job: effect.job, jobEvent });
};

const runExport = async (
  dependencies: JobDependencies,
  effect: Extract<Effect, { effect: 'export' }>,
  signal: AbortSignal,
): Promise<void> => {
  const { job, format } = effect;
  const files = await dependencies
    .current()
    .exporter({ format, path: withHome(effect.path) }, signal);
  dependencies.dispatch({ event: 'exported', job, format, files });
};

const runFetch = async (
  { current, dispatch, secrets }: JobDependencies,
  { job, request, authentication }: Extract<Effect, { effect: 'fetch' }>,
  signal: AbortSignal,
): Promise<void> => {
  const askHidden = (question: string): Promise<string | null> => {
    const answer = secrets.ask(job);
    dispatch({ event: 'secret-asked', job, question });
    return answer;
  };
  try {
    for await (const jobEvent of current().fetcher({ request, authentication, askHidden }, signal))
      dispatch({ event: 'fetch', job, jobEvent });
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

import type { Effect } from '../console/effect.ts';
import type { Happening } from '../console/event.ts';
import { withHome } from './complete-path.ts';
import { failureText } from './failure-text.ts';
import { createLookUps, type LookUpHands } from './lookups.ts';
import type { OpenCase } from './open-case.ts';
import type { SecretLine } from './secret-line.ts';

type JobEffect = Extract<Effect, { effect: 'import' | 'export' | 'load-demo' | 'fetch' }>;

export interface Jobs {
  /** Resolves when the job has ended, however it did; the console is told. */
  run(effect: JobEffect): Promise<void>;
  /** Begins a connection that stays; it ends when it is cancelled, or by itself. */
  lookUp(effect: Extract<Effect, { effect: 'look-up' }>): void;
  want(effect: Extract<Effect, { effect: 'want-messages' }>): Promise<void>;
  cancel(job: number): void;
  cancelAll(): void;
  /** Resolves when no connection is left. */
  disconnected(): Promise<void>;
}

export interface JobHands {
  readonly current: () => OpenCase;
  readonly openDemo: ((signal: AbortSignal) => Promise<OpenCase>) | null;
  readonly replaceCase: (opened: OpenCase) => void;
  readonly dispatch: (happening: Happening) => void;
  readonly secrets: SecretLine;
  readonly track: LookUpHands['track'];
}

const runImport = async (
  hands: JobHands,
  effect: Extract<Effect, { effect: 'import' }>,
  signal: AbortSignal,
): Promise<void> => {
  const paths = effect.paths.map(withHome);
  for await (const told of hands.current().importer(paths, signal))
    hands.dispatch({ event: 'import', job: effect.job, told });
};

const runExport = async (
  hands: JobHands,
  effect: Extract<Effect, { effect: 'export' }>,
  signal: AbortSignal,
): Promise<void> => {
  const { job, format } = effect;
  const files = await hands.current().exporter({ format, path: withHome(effect.path) }, signal);
  hands.dispatch({ event: 'exported', job, format, files });
};

const runFetch = async (
  { current, dispatch, secrets }: JobHands,
  { job, wish, signIn }: Extract<Effect, { effect: 'fetch' }>,
  signal: AbortSignal,
): Promise<void> => {
  const askHidden = (question: string): Promise<string | null> => {
    const answer = secrets.ask(job);
    dispatch({ event: 'secret-asked', job, question });
    return answer;
  };
  try {
    for await (const told of current().fetcher({ wish, signIn, askHidden }, signal))
      dispatch({ event: 'fetch', job, told });
  } catch (failure) {
    const problem = failureText(failure);
    const told = signal.aborted
      ? ({ event: 'cancelled', id: null } as const)
      : ({ event: 'failed', problem, hint: '', id: null } as const);
    dispatch({ event: 'fetch', job, told });
  }
};

const loadDemo = async (hands: JobHands, job: number, signal: AbortSignal): Promise<void> => {
  if (hands.openDemo === null) return;
  hands.replaceCase(await hands.openDemo(signal));
  hands.dispatch({ event: 'demo-loaded', job });
};

const runJob = (hands: JobHands, effect: JobEffect, signal: AbortSignal): Promise<void> => {
  switch (effect.effect) {
    case 'import':
      return runImport(hands, effect, signal);
    case 'export':
      return runExport(hands, effect, signal);
    case 'fetch':
      return runFetch(hands, effect, signal);
    case 'load-demo':
      return loadDemo(hands, effect.job, signal);
  }
};

/** Long work, each with a signal of its own; ends in exactly one of finished, cancelled, failed. */
export const createJobs = (hands: JobHands): Jobs => {
  const running = new Map<number, AbortController>();
  const connections = new Set<Promise<void>>();
  const lookUps = createLookUps(hands);
  return {
    async run(effect) {
      const { job } = effect;
      const control = new AbortController();
      running.set(job, control);
      try {
        await runJob(hands, effect, control.signal);
      } catch (failure) {
        hands.dispatch(
          control.signal.aborted
            ? { event: 'job-cancelled', job }
            : { event: 'job-failed', job, problem: failureText(failure) },
        );
      } finally {
        running.delete(job);
        hands.secrets.forget(job);
      }
    },
    lookUp(effect) {
      const control = new AbortController();
      running.set(effect.job, control);
      const connection = lookUps.run(effect, control.signal).finally(() => {
        running.delete(effect.job);
        connections.delete(connection);
      });
      connections.add(connection);
    },
    want: lookUps.want,
    async disconnected() {
      await Promise.all(connections);
    },
    cancel: (job) => running.get(job)?.abort(),
    cancelAll: () => {
      for (const control of running.values()) control.abort();
    },
  };
};

import type { Effect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import type { LookupEvent } from '../acquire/lookup/lookup-order.ts';
import { lookupInThread, type LookupThread } from '../acquire/lookup/lookup-in-thread.ts';
import { failureText } from './failure-text.ts';
import { type ConsoleCase, tenantJob } from './console-case.ts';
import { askHiddenFor, type SecretLine } from './secret-line.ts';

/** Handed over at once at most: what is left follows when these are answered. */
const MOST_WANTED = 2000;

export interface LookupDependencies {
  readonly current: () => ConsoleCase;
  readonly dispatch: (event: ConsoleEvent) => void;
  readonly secrets: SecretLine;
  /** Counts as work under way until it is answered. */
  readonly track: (doing: () => Promise<void>) => void;
}

/** Connections that look metadata up: each stays until it is cancelled, at work or at rest. */
export interface Lookups {
  run(effect: Extract<Effect, { effect: 'lookup' }>, signal: AbortSignal): Promise<void>;
  /** Resolves when the job knows what is wanted; then it is at work. */
  want(effect: Extract<Effect, { effect: 'want-messages' }>): Promise<void>;
}

/** Work under way from the first `begin` to the next `rest`. */
const busyness = (track: LookupDependencies['track']) => {
  let rest: (() => void) | null = null;
  return {
    begin(): void {
      if (rest !== null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      rest = resolve;
      track(() => promise);
    },
    rest(): void {
      rest?.();
      rest = null;
    },
  };
};

export const createLookups = (dependencies: LookupDependencies): Lookups => {
  const { current, dispatch, secrets, track } = dependencies;
  const running = new Map<number, { thread: LookupThread; busy: ReturnType<typeof busyness> }>();
  const isAtRest = (jobEvent: LookupEvent): boolean =>
    jobEvent.event === 'progress' && jobEvent.progress.step === 'idle';
  return {
    async run({ job, authentication, mailbox }, signal) {
      const busy = busyness(track);
      busy.begin();
      try {
        const thread = lookupInThread({
          ...tenantJob(current(), authentication),
          ...{ askHidden: askHiddenFor(dependencies, job), signal, mailbox },
          ...{ again: false, thorough: false },
        });
        running.set(job, { thread, busy });
        for await (const jobEvent of thread.events) {
          dispatch({ event: 'lookup', job, jobEvent });
          if (isAtRest(jobEvent)) busy.rest();
        }
      } catch (failure) {
        const jobEvent = { event: 'failed', problem: failureText(failure), hint: '' } as const;
        dispatch({ event: 'lookup', job, jobEvent });
      } finally {
        running.delete(job);
        secrets.forget(job);
        busy.rest();
      }
    },
    async want({ job, query, from, failed }) {
      const keys = await current().client.messages.toLookup(query, from, MOST_WANTED, failed);
      const look = running.get(job);
      if (look !== undefined && keys.length > 0) {
        look.busy.begin();
        look.thread.want(keys);
      }
      const messages = keys.length;
      dispatch({ event: 'wanted', job, messages, more: messages === MOST_WANTED });
    },
  };
};

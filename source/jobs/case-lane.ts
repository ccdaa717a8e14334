import { Problem } from '../domain/problem.ts';
import type { CaseOrder, FromCaseWorker, ToCaseWorker } from './service/case-messages.ts';
import type { ConsoleMethod } from './service/console-desk.ts';
import { CASE_HEAP } from '../threads/heap.ts';
import { startWorker } from './start-worker.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Who decides, and what has to be said of the case. */
export interface OpenedLane {
  readonly analyst: string;
  readonly notices: readonly string[];
}

/** One thread of a case, as the main thread knows it. */
export interface CaseLane {
  /** Resolves when it answers; rejects where the case can't be opened. */
  readonly opened: Promise<OpenedLane>;
  call(method: ConsoleMethod, values: readonly unknown[]): Promise<unknown>;
  /** Lets it end by itself; resolves when it has. */
  close(): Promise<void>;
  /** Ends it in the midst of what it does: for one that only reads. */
  end(): Promise<void>;
}

export interface LaneEars {
  readonly changed: (version: number) => void;
  readonly problem: (problem: Error) => void;
}

const errorOf = (message: FromCaseWorker & { readonly say: 'refused' }): Error => {
  if (message.problem !== null) return new Problem(message.problem.message, message.problem.hint);
  const error = new Error('The case thread met a bug.');
  error.stack = message.stack;
  return error;
};

/** Starts a thread of a case. Questions may be asked at once: they wait until it is there. */
export const startLane = (order: CaseOrder, ears: LaneEars): CaseLane => {
  const worker = startWorker('case-worker', order, CASE_HEAP);
  const waiting = new Map<number, Waiting>();
  const ended = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<OpenedLane>();
  // Whoever waits for nothing else learns of it by the question that gets no answer.
  opened.promise.catch(() => undefined);
  let next = 1;
  let broken: Error | null = null;
  let isOpen = false;

  const fail = (error: Error): void => {
    broken ??= error;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const refused = (message: FromCaseWorker & { readonly say: 'refused' }): void => {
    const error = errorOf(message);
    if (message.id !== null) {
      waiting.get(message.id)?.reject(error);
      waiting.delete(message.id);
    } else if (isOpen) ears.problem(error);
    else fail(error);
  };
  worker.on('message', (message: FromCaseWorker) => {
    switch (message.say) {
      case 'opened':
        isOpen = true;
        opened.resolve(message);
        return;
      case 'answer':
        waiting.get(message.id)?.resolve(message.value);
        waiting.delete(message.id);
        return;
      case 'refused':
        refused(message);
        return;
      case 'changed':
        ears.changed(message.version);
    }
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('The case thread ended.'));
    ended.resolve();
  });

  const say = (message: ToCaseWorker): void => worker.postMessage(message);
  return {
    opened: opened.promise,
    call: (method, values) =>
      new Promise((resolve, reject) => {
        if (broken !== null) return reject(broken);
        const id = next++;
        waiting.set(id, { resolve, reject });
        say({ say: 'call', id, method, values });
      }),
    close() {
      say({ say: 'close' });
      return ended.promise;
    },
    async end() {
      await worker.terminate();
      return ended.promise;
    },
  };
};

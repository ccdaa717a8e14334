import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { Problem } from '../domain/problem.ts';
import { Connection, type Answers, type EventOf, type Remote } from './connection.ts';
import type { Heap } from './heap.ts';

export interface Thread<A extends Answers> extends Remote<A> {
  /** Resolves when it is gone, however it went. */
  readonly ended: Promise<void>;
  /** Lets it end when all that was called is answered; resolves when it is gone. */
  close(): Promise<void>;
  /** Ends it in the midst of what it does: for one that only reads. */
  terminate(): Promise<void>;
}

interface ThreadOptions {
  readonly data?: unknown;
  readonly heap?: Heap;
  /** What it may call of us. */
  readonly answers?: Answers;
}

/** The thread's file, seen from the module `from`: its source, or in dist/ its bundle, where all lie together. */
const fileOf = (from: string, path: string): URL =>
  new URL(from.endsWith('.ts') ? path : `./${basename(path, '.ts')}.js`, from);

const crashed = (what: string, why: string): Problem =>
  new Problem(
    `The ${what} thread ended before its time (${why}).`,
    'What is in the case stays. Try again; if it ends again, that is a bug in mia.',
  );

const crashOf = (what: string, error: Error): Error =>
  'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? crashed(what, 'it ran out of memory')
    : error;

/**
 * Starts `path`, a file NAME-worker.ts as seen from the module `from` (its import.meta.url). A thread
 * that ends unasked, or runs out of memory, rejects all calls with a Problem; one that did not catch an
 * error, with that error.
 */
export const startThread = <A extends Answers>(
  from: string,
  path: string,
  {
    data,
    heap: { firstOldGenerationSizeMb, ...resourceLimits } = {},
    answers = {},
  }: ThreadOptions = {},
): Thread<A> => {
  const what = basename(path, '-worker.ts');
  // A flag of the process, read when a heap is made: threads that are running are not concerned.
  setFlagsFromString(`--initial-old-space-size=${firstOldGenerationSizeMb ?? 0}`);
  // Young generations of a few MiB are collected sooner by the thread itself than by four helpers,
  // which take the processor from the other threads of an import.
  setFlagsFromString('--no-parallel-scavenge');
  const worker = new Worker(fileOf(from, path), {
    workerData: data,
    // Not the program's own flags: under a test runner these hold some that no thread accepts. The
    // warning about SQLite that Node 22 prints in each thread is not the analyst's concern.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits,
  });
  const connection = new Connection<A & { readonly close: () => void }>(worker);
  const closed = new Error(`The ${what} thread was closed.`);
  let isClosing = false;
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      connection.fail(isClosing ? closed : crashed(what, `exit code ${code}`));
      resolve();
    });
  });
  worker.on('error', (error: Error) => connection.fail(crashOf(what, error)));
  connection.serve(answers);
  return {
    call: (method, value, options) => connection.call(method, value, options),
    stream: (method, value, signal) => connection.stream(method, value, signal),
    ended,
    async close() {
      await connection.settled();
      isClosing = true;
      if (connection.failure === null) await connection.call('close', undefined);
      await ended;
    },
    async terminate() {
      connection.fail(closed);
      await worker.terminate();
      await ended;
    },
  };
};

type Job = Answers & {
  readonly run: (order: never, signal: AbortSignal) => AsyncIterable<unknown>;
};

/**
 * The events of a thread that has one job to do, which is its `run`; it ends with that. Aborting the
 * signal cancels the job, and so does leaving early.
 */
export const runJob = <A extends Job>(
  thread: Thread<A>,
  order: Parameters<A['run']>[0],
  signal: AbortSignal,
): AsyncGenerator<EventOf<ReturnType<A['run']>>> => {
  const events = thread.stream('run', order, signal);
  // What it died of is told by its events.
  thread.close().catch(() => undefined);
  return events;
};

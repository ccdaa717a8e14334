import type { Worker } from 'node:worker_threads';
import type { SourceOrigin } from '../domain/source.ts';
import type { ImportEvent } from './import-events.ts';
import type { FromImportWorker, ImportOrder, ToImportWorker } from './import/worker-messages.ts';
import { IMPORT_HEAP, startWorker } from './start-worker.ts';

export interface ImportOptions {
  /** The case folder; made where it is not there. */
  readonly folder: string;
  readonly paths: readonly string[];
  /** What `-` stands for. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** What it is called where it is no pipe but a fetch; - unless said. */
  readonly stdinName?: string;
  /** false: `--no-keep`. */
  readonly keep: boolean;
  /** As named by the user; null: case.json's, else user@host. */
  readonly analyst: string | null;
  /** fetched: mia asked a tenant for it; given unless said. */
  readonly origin?: SourceOrigin;
  readonly signal: AbortSignal;
}

const ENDINGS: ReadonlySet<ImportEvent['event']> = new Set(['finished', 'cancelled', 'failed']);

const say = (worker: Worker, message: ToImportWorker): void => worker.postMessage(message);

/** Hands standard input on to the thread, a piece whenever it asks for one. */
const feeder = (worker: Worker, stdin: AsyncIterable<Uint8Array> | undefined): (() => void) => {
  const pieces = stdin?.[Symbol.asyncIterator]();
  return () => {
    void (async () => {
      const next = await pieces?.next();
      say(worker, {
        say: 'input',
        chunk: next === undefined || next.done === true ? null : next.value,
      });
    })();
  };
};

/** The events of a job that runs in the import thread; aborting the signal cancels it. */
async function* eventsOf(
  order: ImportOrder,
  signal: AbortSignal,
  stdin?: AsyncIterable<Uint8Array>,
): AsyncGenerator<ImportEvent> {
  if (signal.aborted) {
    yield { event: 'cancelled' };
    return;
  }
  const worker = startWorker('import-worker', order, IMPORT_HEAP);
  const queue: ImportEvent[] = [];
  let failure: Error | null = null;
  let wake: () => void = () => {};
  const feed = feeder(worker, stdin);
  const cancel = (): void => say(worker, { say: 'cancel' });
  worker.on('message', (message: FromImportWorker) => {
    if (message.say === 'wantInput') feed();
    else queue.push(message.event);
    wake();
  });
  worker.on('error', (error: Error) => {
    failure = error;
    wake();
  });
  worker.on('exit', () => {
    failure ??= new Error('The import thread ended without a word.');
    wake();
  });
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const event = queue.shift();
      if (event !== undefined) {
        yield event;
        if (ENDINGS.has(event.event)) return;
      } else if (failure !== null) throw failure;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    // Left early by the caller: as good as cancelled, and nothing half-imported may stay.
    cancel();
  }
}

/**
 * `mia import`: in a thread of its own. Ends in exactly one of finished, cancelled, failed; files that
 * gave nothing are 'refused' on the way and the others go on.
 */
export const importPaths = (options: ImportOptions): AsyncGenerator<ImportEvent> => {
  const {
    folder,
    paths,
    keep,
    analyst,
    origin = 'given',
    signal,
    stdin,
    stdinName = '-',
  } = options;
  const input = { standardInput: stdin !== undefined, standardInputName: stdinName };
  const order = { order: 'import', folder, paths, keep, analyst, origin, ...input } as const;
  return eventsOf(order, signal, stdin);
};

/** `mia rebuild`: records.db from the evidence alone. */
export const rebuildCase = (options: {
  readonly folder: string;
  readonly signal: AbortSignal;
}): AsyncGenerator<ImportEvent> =>
  eventsOf({ order: 'rebuild', folder: options.folder }, options.signal);

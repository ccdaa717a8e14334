import type { Worker } from 'node:worker_threads';
import type { SourceOrigin } from '../domain/source.ts';
import type { ImportEvent } from './import-events.ts';
import type { FromImportWorker, ImportOrder, ToImportWorker } from './import/worker-messages.ts';
import { IMPORT_HEAP, startWorker } from './start-worker.ts';
import { threadEvents } from './thread-events.ts';

export interface ImportOptions {
  /** The case folder; made where it is not there. */
  readonly folder: string;
  /** Also in a folder that holds other files and no case. */
  readonly newCase?: boolean;
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
  const feed = feeder(worker, stdin);
  yield* threadEvents<ImportEvent, FromImportWorker>(worker, 'import', signal, (message, tell) => {
    if (message.say === 'wantInput') feed();
    else tell(message.event);
  });
}

/**
 * `mia import`: in a thread of its own. Ends in exactly one of finished, cancelled, failed; files that
 * gave nothing are 'refused' on the way and the others go on.
 */
export const importPaths = (options: ImportOptions): AsyncGenerator<ImportEvent> => {
  const {
    folder,
    newCase = false,
    paths,
    keep,
    analyst,
    origin = 'given',
    signal,
    stdin,
    stdinName = '-',
  } = options;
  const input = { standardInput: stdin !== undefined, standardInputName: stdinName };
  const order = {
    order: 'import',
    folder,
    newCase,
    paths,
    keep,
    analyst,
    origin,
    ...input,
  } as const;
  return eventsOf(order, signal, stdin);
};

/** `mia rebuild`: records.db from the evidence alone. */
export const rebuildCase = (options: {
  readonly folder: string;
  readonly signal: AbortSignal;
}): AsyncGenerator<ImportEvent> =>
  eventsOf({ order: 'rebuild', folder: options.folder }, options.signal);

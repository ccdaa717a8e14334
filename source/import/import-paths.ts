import type { SourceOrigin } from '../domain/records/source.ts';
import { holdsOtherThings } from '../store/case-folder.ts';
import { IMPORT_HEAP } from '../threads/heap.ts';
import { nullWhenAborted } from '../threads/null-when-aborted.ts';
import { runJob, startThread } from '../threads/start-thread.ts';
import type { ImportEvent } from './import-events.ts';
import type { ImportOrder, ImportStarter, ImportThread } from './import-worker.ts';

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

/** Hands standard input on to the thread, a piece whenever it asks for one. */
const inputFrom = (stdin: AsyncIterable<Uint8Array> | undefined): ImportStarter => {
  const pieces = stdin?.[Symbol.asyncIterator]();
  const next = async (): Promise<Uint8Array | null> => {
    const piece = await pieces?.next();
    return piece === undefined || piece.done === true ? null : piece.value;
  };
  return { input: (_, signal) => nullWhenAborted(next(), signal) };
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
  const options = { heap: IMPORT_HEAP, answers: inputFrom(stdin) };
  const thread = startThread<ImportThread>(import.meta.url, './import-worker.ts', options);
  yield* runJob(thread, order, signal);
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
  const input = { hasInput: stdin !== undefined, standardInputName: stdinName };
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

/** Whether a case would be made among other files here: whoever opens it is to be asked before. */
export const needsAsking = (folder: string): boolean => holdsOtherThings(folder);

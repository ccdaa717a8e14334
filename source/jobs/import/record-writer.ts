import type { Worker } from 'node:worker_threads';
import type { SourceKind } from '../../domain/source.ts';
import type { RecordsUse } from '../../store/records/open-records.ts';
import type { PackedRows } from '../../store/records/packed-rows.ts';
import type { SourceReport } from '../../store/records/source-intake.ts';
import { IMPORT_HEAP } from '../../threads/heap.ts';
import { startWorker } from '../start-worker.ts';
import type { FromRecordsWorker, ToRecordsWorker } from './writer-messages.ts';

/**
 * Numbers in the batches on their way to the writer; with their texts some 30 MiB. Enough to go on
 * reading while it ends a transaction, few enough to bound memory.
 */
const IN_FLIGHT = 1_000_000;

interface Batch {
  readonly numbers: number;
  readonly written: Promise<void>;
}

/**
 * The writer of records.db in its thread. A batch that could not be written rejects the next call.
 * Only while holding the import lock: numbers are allotted in its memory.
 */
export class RecordWriter {
  readonly #worker: Worker;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #batches: Batch[] = [];
  #inFlight = 0;
  #failure: Error | null = null;
  #next = 1;
  #arrived = false;

  /** `path`: records.db, which is there. */
  constructor(path: string, use: RecordsUse) {
    this.#worker = startWorker('records-worker', { path, use }, IMPORT_HEAP);
    this.#worker.on('message', (message: FromRecordsWorker) => {
      const call = this.#calls.get(message.id);
      this.#calls.delete(message.id);
      if ('error' in message) call?.reject(message.error);
      else call?.resolve(message.value);
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () =>
      this.#fail(new Error('The records thread ended without a word.')),
    );
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#calls.values()) reject(this.#failure);
    this.#calls.clear();
  }

  #call(message: ToRecordsWorker): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#next++;
    const call = Promise.withResolvers<unknown>();
    this.#calls.set(id, call);
    const transfer = message.say === 'take' ? [message.packed.numbers.buffer as ArrayBuffer] : [];
    this.#worker.postMessage({ ...message, id }, transfer);
    return call.promise;
  }

  /** Starts a source and gives its number; its rows go with `takeAway`. */
  async begin(file: string, kept: boolean, path: string | null): Promise<number> {
    return (await this.#call({ say: 'begin', file, kept, path })) as number;
  }

  /** Resolves when more may come. */
  async take(packed: PackedRows): Promise<void> {
    const numbers = packed.numbers.length;
    const written = this.#call({ say: 'take', packed }).then((arrived) => {
      this.#arrived ||= arrived === true;
    });
    // Its failure is met below, by the next call or at the end.
    written.catch(() => {});
    this.#batches.push({ numbers, written });
    this.#inFlight += numbers;
    while (this.#inFlight > IN_FLIGHT) await this.#oldest();
  }

  async #oldest(): Promise<void> {
    const batch = this.#batches.shift();
    this.#inFlight -= batch?.numbers ?? this.#inFlight;
    await batch?.written;
  }

  /** Whether rows became visible since this was last asked. */
  arrived(): boolean {
    const arrived = this.#arrived;
    this.#arrived = false;
    return arrived;
  }

  async end(sha256: string, kind: SourceKind, layout: string): Promise<SourceReport> {
    await this.#settled();
    return (await this.#call({ say: 'end', sha256, kind, layout })) as SourceReport;
  }

  async #settled(): Promise<void> {
    while (this.#batches.length > 0) await this.#oldest();
  }

  /** Takes a source out again, whatever of it was written. */
  async takeAway(source: number): Promise<void> {
    this.#batches.length = 0;
    this.#inFlight = 0;
    await this.#call({ say: 'takeAway', source });
  }

  async close(): Promise<void> {
    if (this.#failure !== null) return;
    await this.#call({ say: 'close' });
    // What comes now is the end that was asked for.
    this.#failure = new Error('The records thread was closed.');
  }
}

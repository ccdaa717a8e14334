import type { SourceKind } from '../domain/records/source.ts';
import type { RecordsUse } from '../store/records/open-records.ts';
import type { PackedRows } from '../store/records/packed-rows.ts';
import type { SourceReport } from '../store/records/source-ingest.ts';
import { IMPORT_HEAP } from '../threads/heap.ts';
import { startThread, type Thread } from '../threads/start-thread.ts';
import type { RecordsOrder, RecordsThread } from './records-worker.ts';

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
  readonly #thread: Thread<RecordsThread>;
  readonly #batches: Batch[] = [];
  #inFlight = 0;
  #arrived = false;

  /** `path`: records.db, which is there. */
  constructor(path: string, use: RecordsUse) {
    const data: RecordsOrder = { path, use };
    this.#thread = startThread(import.meta.url, './records-worker.ts', { data, heap: IMPORT_HEAP });
  }

  /** Starts a source and gives its number; its rows go with `removeSource`. */
  begin(file: string, kept: boolean, path: string | null): Promise<number> {
    return this.#thread.call('begin', { file, kept, path });
  }

  /** Resolves when more may come. */
  async take(packed: PackedRows): Promise<void> {
    const numbers = packed.numbers.length;
    const transfer = [packed.numbers.buffer as ArrayBuffer];
    const written = this.#thread.call('take', packed, { transfer }).then((arrived) => {
      this.#arrived ||= arrived;
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
    return this.#thread.call('end', { sha256, kind, layout });
  }

  async #settled(): Promise<void> {
    while (this.#batches.length > 0) await this.#oldest();
  }

  /** Takes a source out again, whatever of it was written. */
  async removeSource(source: number): Promise<void> {
    this.#batches.length = 0;
    this.#inFlight = 0;
    await this.#thread.call('takeAway', source);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}

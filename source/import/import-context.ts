import type { DatabaseSync } from 'node:sqlite';
import type { SourceOrigin } from '../domain/records/source.ts';
import type { CaseFolder } from '../store/case-folder.ts';
import type { ImportEvent } from './import-events.ts';
import type { RecordWriter } from './record-writer.ts';

/** Progress is lossy: at most ten a second (`design.md`). */
const EVERY_MS = 100;
/** No estimate before this: the first seconds tell nothing. */
const SETTLED_MS = 1500;

/** Adds up what was read of all inputs, and says it now and then. */
export class ImportProgress {
  readonly #clock: () => number;
  readonly #started: number;
  #said = -Infinity;
  #bytes = 0;
  #rows = 0;
  total: number | null = null;

  /** `clock`: milliseconds, monotonic. */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#started = clock();
  }

  read(bytes: number): void {
    this.#bytes += bytes;
  }

  rows(count: number): void {
    this.#rows += count;
  }

  /** An event when it is time for one, else null. */
  event(file: string): ImportEvent | null {
    const now = this.#clock();
    if (now - this.#said < EVERY_MS) return null;
    this.#said = now;
    return {
      event: 'progress',
      file,
      bytes: this.#bytes,
      total: this.total,
      rows: this.#rows,
      secondsLeft: this.#secondsLeft(now - this.#started),
    };
  }

  #secondsLeft(elapsed: number): number | null {
    if (this.total === null || this.#bytes === 0 || elapsed < SETTLED_MS) return null;
    const left = Math.max(0, this.total - this.#bytes);
    return Math.ceil((left * elapsed) / this.#bytes / 1000);
  }
}

/** What all files of one import share. One at a time per case (the import lock is held). */
export interface ImportContext {
  readonly folder: CaseFolder;
  /** For questions; what writes records is `writer`, in its thread. */
  readonly db: DatabaseSync;
  readonly writer: RecordWriter;
  readonly analyst: string;
  readonly now: () => string;
  readonly keep: boolean;
  /** Of what is imported now; a source that is read again has its own. */
  readonly origin: SourceOrigin;
  readonly signal: AbortSignal;
  readonly progress: ImportProgress;
}

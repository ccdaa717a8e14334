/** The thread that writes records.db during an import, so that reading and writing use a core each. */
import type { SourceKind } from '../../domain/source.ts';
import { openRecords, type RecordsUse } from '../../store/records/open-records.ts';
import type { PackedRows } from '../../store/records/packed-rows.ts';
import { removeSource } from '../../store/records/remove-source.ts';
import { SourceIntake } from '../../store/records/source-intake.ts';
import { serveThread } from '../../threads/serve-thread.ts';

/**
 * Rows written in one transaction, and the longest time between two of them. The first are to be
 * seen soon; after that, each transaction writes the pages of all trees once more.
 */
const FIRST_ROWS = 10_000;
const BATCH_ROWS = 100_000;
const BATCH_MS = 3000;

/** Where records.db is, and what for it is opened. */
export interface RecordsOrder {
  readonly path: string;
  readonly use: RecordsUse;
}

interface Begun {
  readonly file: string;
  readonly kept: boolean;
  readonly path: string | null;
}

interface Ended {
  readonly sha256: string;
  readonly kind: SourceKind;
  readonly layout: string;
}

/** Answers one call after the other, and knows when a transaction has become large enough. */
const writingRecords = (_: unknown, { path, use }: RecordsOrder) => {
  const db = openRecords(path, use);
  let intake = new SourceIntake(db);
  let batchRows = 0;
  let dueRows = FIRST_ROWS;
  let batchStart = performance.now();
  return {
    /** The number of the new source. */
    begin({ file, kept, path }: Begun): number {
      batchStart = performance.now();
      dueRows = FIRST_ROWS;
      return intake.begin(file, kept, path);
    },
    /** Whether rows became visible. */
    take(packed: PackedRows): boolean {
      intake.takePacked(packed);
      batchRows += packed.rows;
      if (batchRows < dueRows && performance.now() - batchStart < BATCH_MS) return false;
      intake.flush();
      batchRows = 0;
      dueRows = BATCH_ROWS;
      batchStart = performance.now();
      return true;
    },
    end({ sha256, kind, layout }: Ended) {
      batchRows = 0;
      return intake.end(sha256, kind, layout);
    },
    takeAway(source: number): void {
      // What was taken but not flushed goes with the transaction; numbers are no longer good then.
      intake.abandon();
      removeSource(db, source);
      intake = new SourceIntake(db);
      batchRows = 0;
    },
    close(): void {
      intake.abandon();
      db.close();
    },
  };
};
export type RecordsThread = ReturnType<typeof writingRecords>;

serveThread(writingRecords);

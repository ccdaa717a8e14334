/** The thread that writes records.db during an import, so that reading and writing use a core each. */
import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SourceKind } from '../domain/records/source.ts';
import { emptyWal, openRecords, type RecordsUse } from '../store/records/open-records.ts';
import type { PackedRows } from '../store/records/packed-rows.ts';
import { removeSource } from '../store/records/remove-source.ts';
import { SourceIngest } from '../store/records/source-ingest.ts';
import { serveThread } from '../threads/serve-thread.ts';

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

/** Free space with which a source of which a part was committed can be taken out again. */
const ROOM = 512 * 1024 * 1024;

const hasRoom = (path: string): boolean => {
  const { bavail, bsize } = statfsSync(dirname(path));
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return bavail * bsize >= ROOM + 4 * log;
};

/** Moves the log of changes into the file and empties it, as far as there is room for that. */
const checkpoint = (db: DatabaseSync): void => {
  try {
    emptyWal(db);
  } catch {
    // The next one does, or the end of the last connection.
  }
};

/** Answers one call after the other, and knows when a transaction has become large enough. */
const writingRecords = (_: unknown, { path, use }: RecordsOrder) => {
  const db = openRecords(path, use);
  const newIngest = (): SourceIngest => new SourceIngest(db, () => hasRoom(path));
  let ingest = newIngest();
  let batchRows = 0;
  let dueRows = FIRST_ROWS;
  let batchStart = performance.now();
  /** Of the source under way; what comes after it must not be written without its transaction. */
  let failure: { readonly error: unknown } | null = null;
  const unlessFailed = <Result>(write: () => Result): Result => {
    if (failure !== null) throw failure.error;
    try {
      return write();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  return {
    /** The number of the new source. */
    begin({ file, kept, path }: Begun): number {
      batchStart = performance.now();
      dueRows = FIRST_ROWS;
      return ingest.begin(file, kept, path);
    },
    /** Whether rows became visible. */
    take(packed: PackedRows): boolean {
      return unlessFailed(() => {
        ingest.takePacked(packed);
        batchRows += packed.rows;
        if (batchRows < dueRows && performance.now() - batchStart < BATCH_MS) return false;
        const shown = ingest.flush();
        batchRows = 0;
        dueRows = BATCH_ROWS;
        batchStart = performance.now();
        return shown;
      });
    },
    end({ sha256, kind, layout }: Ended) {
      batchRows = 0;
      return unlessFailed(() => ingest.end(sha256, kind, layout));
    },
    takeAway(source: number): void {
      // What was taken but not flushed goes with the transaction; numbers are no longer good then.
      ingest.abandon();
      failure = null;
      batchRows = 0;
      // Where there is no room left, the log of changes gives some back.
      checkpoint(db);
      try {
        removeSource(db, source);
      } catch (error) {
        ingest.abandon();
        throw error;
      } finally {
        checkpoint(db);
        ingest = newIngest();
      }
    },
    close(): void {
      ingest.abandon();
      db.close();
    },
  };
};
export type RecordsThread = ReturnType<typeof writingRecords>;

serveThread(writingRecords);

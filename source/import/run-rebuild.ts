import { renameSync, rmSync } from 'node:fs';
import { openCaseFolder, type CaseFolder } from '../store/case-folder.ts';
import { changeCaseFile, readCaseFile } from '../store/case-file.ts';
import { applyLookups } from '../store/records/apply-lookups.ts';
import { leaveWal, openRecords } from '../store/records/open-records.ts';
import { countsByHash } from '../store/records/source-counts.ts';
import type { ImportEvent } from './import-events.ts';
import { ImportProgress } from './import-context.ts';
import { RecordWriter } from './record-writer.ts';
import { replaySource } from './replay-source.ts';
import { endingOf, importLock } from './run-import.ts';

export interface RebuildRequest {
  readonly folder: string;
  readonly now: () => string;
  readonly signal: AbortSignal;
}

const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
};

/**
 * Makes a database of its own at `path` from the evidence of all sources in force, in the order in
 * which they were imported. It is closed and whole when this ends without throwing.
 */
export async function* replayAll(
  folder: CaseFolder,
  path: string,
  request: RebuildRequest,
): AsyncGenerator<ImportEvent> {
  removeDatabase(path);
  const db = openRecords(path, 'write');
  try {
    const { now, signal } = request;
    const progress = new ImportProgress(() => performance.now());
    const sources = readCaseFile(folder).sources.filter((source) => source.withdrawn === null);
    progress.total = sources.reduce((sum, source) => sum + source.bytes, 0);
    applyLookups(folder, db);
    const writer = new RecordWriter(path, 'write');
    try {
      const origin = 'given' as const;
      const context = {
        folder,
        db,
        writer,
        analyst: '',
        now,
        keep: true,
        origin,
        signal,
        progress,
      };
      for (const source of sources) yield* replaySource(context, source);
    } finally {
      await writer.close();
    }
    // Everything into the one file: it is about to be moved.
    leaveWal(db);
  } catch (error) {
    db.close();
    removeDatabase(path);
    throw error;
  }
  db.close();
}

/** Into case.json: another mia may have counted some rows otherwise. */
const keepCounts = (folder: CaseFolder): void => {
  const db = openRecords(folder.records);
  const counts = countsByHash(db);
  db.close();
  changeCaseFile(folder, (before) => ({
    ...before,
    sources: before.sources.map((one) =>
      one.withdrawn === null ? { ...one, ...counts.get(one.sha256) } : one,
    ),
  }));
};

/**
 * `mia rebuild`: records.db from the evidence alone; the imported files may be gone. The old one
 * stays in use until the new one is whole. Ends in exactly one of finished, cancelled, failed.
 */
export async function* runRebuild(request: RebuildRequest): AsyncGenerator<ImportEvent> {
  try {
    const folder = openCaseFolder(request.folder, { create: false });
    using _hold = yield* importLock(folder, request.signal);
    const fresh = `${folder.records}.new`;
    yield* replayAll(folder, fresh, request);
    removeDatabase(folder.records);
    renameSync(fresh, folder.records);
    keepCounts(folder);
  } catch (error) {
    yield endingOf(error, request.signal);
    return;
  }
  yield { event: 'finished' };
}

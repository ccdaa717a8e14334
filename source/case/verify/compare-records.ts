import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../domain/problem.ts';
import { existingCase } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { firstFault, openRecords } from '../../store/records/open-records.ts';
import { tableContents } from '../../store/records/table-contents.ts';
import { replayAll } from '../../import/run-rebuild.ts';

/** What is wrong with records.db, in words; null: nothing is. */
export type RecordsFlaw = string | null;

const wordsOf = (error: unknown): string =>
  `is damaged (${error instanceof Error ? error.message : 'unreadable'})`;

/** What SQLite itself finds: in its trees, and in indexes that say other than their tables. */
export const structureFlaw = (
  db: DatabaseSync,
  check: 'quick_check' | 'integrity_check',
): RecordsFlaw => {
  try {
    const said = firstFault(db, check);
    return said === 'ok' ? null : `is damaged (${said.replaceAll('\n', ' ')})`;
  } catch (error) {
    return wordsOf(error);
  }
};

/**
 * Reads all evidence into a database beside, and compares every table that a figure or list comes
 * from. For whoever holds the import lock. @throws Problem where the evidence can't be read.
 */
export const contentFlaw = async (
  folder: CaseFolder,
  db: DatabaseSync,
  now: () => string,
): Promise<RecordsFlaw> => {
  let contents: ReadonlyMap<string, string>;
  try {
    contents = tableContents(db);
  } catch (error) {
    return wordsOf(error);
  }
  const beside = await mkdtemp(join(tmpdir(), 'mia-verify-'));
  const path = join(beside, 'records.db');
  try {
    const { signal } = new AbortController();
    for await (const _ of replayAll(folder, path, { folder: folder.path, now, signal }));
    const again = openRecords(path);
    try {
      const tables = [...tableContents(again)]
        .filter(([table, digest]) => contents.get(table) !== digest)
        .map(([table]) => table);
      return tables.length === 0
        ? null
        : `does not say what its sources say (${tables.join(', ')})`;
    } finally {
      again.close();
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

/**
 * Whether something that should not have happened comes from a damaged records.db: then that is what
 * to say of it, and to call it a bug would be wrong. `path`: of the case, which need not be there.
 */
export const flawOfRecords = async (path: string, now: () => string): Promise<RecordsFlaw> => {
  try {
    const folder = existingCase(path);
    if (folder === null) return null;
    const db = openRecords(folder.records);
    try {
      return structureFlaw(db, 'integrity_check') ?? (await contentFlaw(folder, db, now));
    } finally {
      db.close();
    }
  } catch (error) {
    // It can't be told: whoever asks has an error of their own to show.
    if (error instanceof Problem) return null;
    throw error;
  }
};

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Finding } from './finding.ts';
import { Problem } from '../../domain/problem.ts';
import { diskProblem } from '../../import/inputs/input.ts';
import { replayAll } from '../../import/run-rebuild.ts';
import { existingCase } from '../../store/case-file.ts';
import { LOCKS, type CaseFolder } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { firstFault, openRecords } from '../../store/records/open-records.ts';
import { tableContents } from '../../store/records/table-contents.ts';

/** What is wrong with records.db, in words; null: nothing is. */
export type RecordsFlaw = string | null;

const wordsOf = (error: unknown): string =>
  `is damaged (${error instanceof Error ? error.message : 'unreadable'})`;

/** What SQLite itself finds: in its trees, and in indexes that say other than their tables. */
const structureFlaw = (db: DatabaseSync, check: 'quick_check' | 'integrity_check'): RecordsFlaw => {
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
const contentFlaw = async (
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

const wrong = (text: string): Finding => ({ of: 'records', ok: false, text });

const compared = async (store: CaseStore, now: () => string): Promise<Finding> => {
  try {
    const flaw = await contentFlaw(store.folder, store.unjudgedDb, now);
    if (flaw !== null) return wrong(`records.db ${flaw}: run \`mia rebuild\``);
    return { of: 'records', ok: true, text: 'records.db says what its sources say' };
  } catch (error) {
    const problem =
      error instanceof Problem ? `${error.message} ${error.hint}` : diskProblem(error);
    if (problem === null) throw error;
    return wrong(`could not be compared: ${problem}`);
  }
};

/** records.db: whether it is sound, and, unless `quick`, whether it says what the evidence says. */
export async function* recordsFindings(
  store: CaseStore,
  now: () => string,
  quick: boolean,
): AsyncGenerator<Finding> {
  const structure = structureFlaw(store.unjudgedDb, quick ? 'quick_check' : 'integrity_check');
  if (structure !== null) yield wrong(`records.db ${structure}: run \`mia rebuild\``);
  if (quick || structure !== null) return;
  const { folder } = store;
  using hold = folder.readOnly === null ? tryHold(folder, LOCKS.import) : null;
  if (hold === null && folder.readOnly === null) {
    const text = 'an import is running, so records.db was not compared: verify again afterwards';
    yield { of: 'records', ok: true, note: true, text };
    return;
  }
  yield await compared(store, now);
}

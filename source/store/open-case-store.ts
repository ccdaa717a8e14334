import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { openCaseFolder } from './case-folder.ts';
import { CaseStore, type ReadOnlyRecords } from './case-store.ts';
import { openDecisions, seeDecisions } from './decision-log.ts';
import { refuseForgotten } from './forgotten-sources.ts';
import { isUnchanging, whyNotWritten } from './read-only.ts';
import { copyRecords, hasJournal } from './records-copy.ts';
import { applyLookups, appliedLookups } from './records/apply-lookups.ts';
import { isLeftOver, removeLeftovers } from './records/leftovers.ts';
import { openRecordsOf } from './records/open-records.ts';

export interface CaseStoreOptions {
  /** Make the case where there is none. */
  readonly create: boolean;
  /** Also in a folder that holds other files. */
  readonly amongOthers: boolean;
  /** Another thread of this program has it open: no lock is taken, nothing is mended. */
  readonly alongside: boolean;
  /** How that thread reads it; null: it may write. */
  readonly readOnly: ReadOnlyRecords | null;
  /** Leave it exactly as it is, though it may be written. */
  readonly onlyRead: boolean;
  /** Now, UTC, ISO. */
  readonly at: string;
}

/** Whether nothing is left over in records.db and it has taken up all lookups. */
const isSettled = (folder: CaseFolder, db: DatabaseSync): boolean => {
  const { sources } = readCaseFile(folder);
  const lookups = statSync(folder.lookups, { throwIfNoEntry: false })?.size ?? 0;
  return !isLeftOver(db, sources) && appliedLookups(db).offset === lookups;
};

const withRecords = <Result>(folder: CaseFolder, work: (db: DatabaseSync) => Result): Result => {
  const db = openRecordsOf(folder);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

/** In a copy, what an opening that may write does in place. */
const settle = (folder: CaseFolder, db: DatabaseSync): void => {
  const { sources } = readCaseFile(folder);
  refuseForgotten(folder, db, sources);
  removeLeftovers(db, sources);
  applyLookups(folder, db);
};

/**
 * Opens a case that can only be read, without a trace in it. records.db is read where it lies only where
 * nobody can change it and it has nothing beside it; else from a private copy, which goes as it is closed.
 * @throws Problem where there is no room for a copy, or it can't be read.
 */
const openToRead = (folder: CaseFolder): CaseStore => {
  const decisions = (): ReturnType<typeof seeDecisions> => seeDecisions(folder);
  // To be said by the opening itself.
  if (!existsSync(folder.records)) return new CaseStore(folder, { decisions });
  if (!hasJournal(folder.records) && isUnchanging(folder.path)) {
    const isSameFile = { ...folder, unchanging: true };
    if (withRecords(isSameFile, (db) => isSettled(folder, db)))
      return new CaseStore(isSameFile, { decisions });
  }
  const copy = copyRecords(folder.records);
  try {
    const copied = { ...folder, records: copy.path };
    withRecords(copied, (db) => settle(folder, db));
    return new CaseStore(copied, { decisions, afterwards: () => copy[Symbol.dispose]() });
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
};

const openToWrite = (folder: CaseFolder, at: string): CaseStore => {
  const decisions = openDecisions(folder, at);
  return new CaseStore(folder, { decisions: () => decisions });
};

/**
 * Opens a case to work in it; where its disk takes nothing (read-only, full, not ours to write), to
 * be read: `folder.readOnly` says why then.
 * @throws Problem where not even that is possible.
 */
export const openCaseStore = (path: string, options: CaseStoreOptions): CaseStore => {
  const { create, amongOthers, alongside, readOnly, onlyRead, at } = options;
  const folder = openCaseFolder(path, { create, amongOthers, mayOnlyRead: true, onlyRead });
  if (alongside) return new CaseStore({ ...folder, ...readOnly }, { alongside: true });
  if (folder.readOnly !== null) return openToRead(folder);
  try {
    return openToWrite(folder, at);
  } catch (error) {
    const why = folder.found === 'case' ? whyNotWritten(error) : null;
    if (why === null) throw error;
    return openToRead({ ...folder, readOnly: why });
  }
};

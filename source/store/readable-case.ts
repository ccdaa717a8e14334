import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { refuseForgotten } from './forgotten-sources.ts';
import { isUnchanging } from './read-only.ts';
import { copyRecords, hasJournal } from './records-copy.ts';
import { applyLookups, appliedLookups } from './records/apply-lookups.ts';
import { isLeftOver, removeLeftovers } from './records/leftovers.ts';
import { openRecordsOf } from './records/open-records.ts';

/** A case that can only be read, with its records.db where it can be asked. */
export interface ReadableCase extends Disposable {
  readonly folder: CaseFolder;
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
 * Makes `folder`, which can only be read, ready to be asked. records.db is read where it lies only
 * where nobody can change it and it has nothing beside it; else from a private copy, which goes when
 * this is disposed of. @throws Problem where there is no room for a copy, or it can't be read.
 */
export const readableCase = (folder: CaseFolder): ReadableCase => {
  const nothing = { folder, [Symbol.dispose]: () => undefined };
  // To be said by whoever opens it.
  if (!existsSync(folder.records)) return nothing;
  if (!hasJournal(folder.records) && isUnchanging(folder.path)) {
    const isSameFile = { ...folder, unchanging: true };
    if (withRecords(isSameFile, (db) => isSettled(folder, db)))
      return { ...nothing, folder: isSameFile };
  }
  const copy = copyRecords(folder.records);
  try {
    const copied = { ...folder, records: copy.path };
    withRecords(copied, (db) => settle(folder, db));
    return { folder: copied, [Symbol.dispose]: () => copy[Symbol.dispose]() };
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
};

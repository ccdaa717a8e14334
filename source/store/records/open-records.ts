import { existsSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Problem } from '../../domain/problem.ts';
import type { CaseFolder } from '../case-folder.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** Milliseconds a reader or writer waits for another program's short transaction. */
const BUSY_TIMEOUT = 10_000;

/** Bytes of a page, for a new file: larger ones make its trees flatter, a fifth less work to fill. */
const PAGE_BYTES = 16_384;

/** read: asks · write: imports files · add: takes in what a tenant answers, while more comes. */
export type RecordsUse = 'read' | 'write' | 'add';

const CANNOT_REBUILD =
  'Copy the whole case folder to a disk that can be written, and run `mia rebuild` on the copy.';

const otherVersion = (hint: string): Problem =>
  new Problem('records.db was made by another version of mia.', hint);

const unreadable = (cause: unknown, hint: string): Problem =>
  new Problem(
    `records.db cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint,
    { cause },
  );

/**
 * An import touches pages all over the file: they stay in memory (32 MiB), and move from the log to
 * the file seldom (128 MiB), which costs a flush each time. What a tenant answers comes in pieces of
 * some ten thousand rows, for which 16 MiB do as well; the memory is needed for the answers.
 */
const SETTINGS: Readonly<Record<RecordsUse, string>> = {
  read: '',
  write: 'PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192',
  add: 'PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192',
};

const hasSchema = (db: DatabaseSync): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'meta'`).get() !== undefined;

const versionOf = (db: DatabaseSync): number =>
  Number(db.prepare(`SELECT value FROM meta WHERE name = 'schema'`).get()?.['value'] ?? 0);

const createSchema = (db: DatabaseSync): void => {
  db.exec('BEGIN IMMEDIATE');
  if (!hasSchema(db)) {
    db.exec(SCHEMA);
    db.prepare(`INSERT INTO meta VALUES ('schema', ?)`).run(String(SCHEMA_VERSION));
  }
  db.exec('COMMIT');
};

/**
 * Opens records.db, creating it where it is missing.
 * @throws Problem where it was made by another version of mia, or is no database: it can be rebuilt.
 */
export const openRecords = (path: string, use: RecordsUse = 'read'): DatabaseSync => {
  const fresh = !existsSync(path);
  const db = new DatabaseSync(path);
  try {
    if (fresh) chmodSync(path, 0o600);
    // As a pragma: Node 22.15 does not know the option.
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
    // Of no effect on a file that has pages; so it must stand before the journal, which writes one.
    db.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
    db.exec(SETTINGS[use]);
    if (!hasSchema(db)) createSchema(db);
    if (versionOf(db) === SCHEMA_VERSION) return db;
  } catch (cause) {
    db.close();
    throw unreadable(
      cause,
      'It only repeats what the evidence says: run `mia rebuild` to make it again.',
    );
  }
  db.close();
  throw otherVersion('Run `mia rebuild`: it is made again from the evidence, nothing is lost.');
};

/** As it lies there, on a disk that nobody can change: without locks, a journal or a trace of it. */
const openUnchanging = (path: string): DatabaseSync => {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
};

/**
 * Opens records.db of a case to ask it: of one that can only be read without writing anything.
 * @throws Problem as `openRecords`, and where it is not there and can't be made.
 */
export const openRecordsOf = ({ records, readOnly, unchanging }: CaseFolder): DatabaseSync => {
  if (readOnly === null) return openRecords(records);
  let db: DatabaseSync | null = null;
  try {
    if (!existsSync(records)) throw new Error('it is not there');
    db = unchanging ? openUnchanging(records) : new DatabaseSync(records);
    db.exec('PRAGMA temp_store = MEMORY');
    if (versionOf(db) === SCHEMA_VERSION) return db;
  } catch (cause) {
    db?.close();
    throw unreadable(cause, CANNOT_REBUILD);
  }
  db.close();
  throw otherVersion(CANNOT_REBUILD);
};

/** Moves the log of changes into the file and empties it. @throws where there is no room for that. */
export const emptyWal = (db: DatabaseSync): void => db.exec('PRAGMA wal_checkpoint(TRUNCATE)');

/** The same, and without such a log from then on: the file alone is the database, and can be moved. */
export const leaveWal = (db: DatabaseSync): void => {
  emptyWal(db);
  db.exec('PRAGMA journal_mode = DELETE');
};

/** What SQLite itself finds wrong first, in its words; "ok": nothing. */
export const firstFault = (db: DatabaseSync, check: 'quick_check' | 'integrity_check'): string =>
  String(db.prepare(`PRAGMA ${check}(1)`).get()?.[check]);

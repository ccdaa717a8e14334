import { Problem } from './problem.ts';

/**
 * What SQLite, or Node for it, says where records.db is damaged: its words are all that is left of an
 * error that came from another thread. Tables and columns are those of our own schema, so that one
 * which is missing is damage too.
 */
const SAID_OF_DAMAGE =
  /^(database disk image is malformed|file is not a database|malformed (database schema|JSON)|no such (table|column|index|view|function|module|collation sequence)|table \S+ (has no column named|has \d+ columns)|unsupported file format|JSON cannot hold BLOB|string or blob too big|datatype mismatch|(UNIQUE|NOT NULL) constraint failed|Value is too large to be represented as a JavaScript number)/;

/** records.db can't be what mia wrote; `why` in words for the analyst. It can be made again. */
export const damagedRecords = (why: string, cause?: unknown): Problem =>
  new Problem(
    `records.db is damaged: ${why}.`,
    'It only repeats what the evidence says: run `mia rebuild` to make it again.',
    { cause },
  );

/** An error of SQLite's that says so, as a Problem; null: it is another. */
export const recordsDamage = (error: unknown): Problem | null =>
  error instanceof Error && SAID_OF_DAMAGE.test(error.message)
    ? damagedRecords(error.message, error)
    : null;

/**
 * JSON out of a column of records.db, which mia wrote itself.
 * @throws Problem: it is none, so records.db is damaged.
 */
export const storedJson = (text: unknown): unknown => {
  try {
    if (typeof text === 'string') return JSON.parse(text);
  } catch (error) {
    throw damagedRecords('a text in it is not what was written', error);
  }
  throw damagedRecords('a text in it is missing');
};

const NO_ROOM = 'There is no room left: free some space (or raise the quota), then try again.';
const READ_ONLY =
  'It is read-only: copy the case folder to a disk that can be written, and name it with --case DIR.';
const REPORTS_ERROR =
  'The disk reports an error: copy the case folder to another disk before going on.';

/** What to do where a system call failed with this code; null: not the disk's fault. */
export const hintForCode = (code: string): string | null => {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return NO_ROOM;
    case 'EACCES':
    case 'EPERM':
      return 'You may not do that there: check who owns the case folder, or name another with --case.';
    case 'EROFS':
      return READ_ONLY;
    case 'EIO':
      return REPORTS_ERROR;
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open: close other programs, then try again.';
    default:
      return null;
  }
};

/** SQLite's own words: they are all that is left of an error that came from another thread. */
const SAID_BY_DATABASE: ReadonlyMap<string, string> = new Map([
  ['database or disk is full', NO_ROOM],
  ['attempt to write a readonly database', READ_ONLY],
  ['disk I/O error', REPORTS_ERROR],
  ['unable to open database file', 'Check that the case folder is there and can be written.'],
]);

const databaseTrouble = (error: unknown): Problem | null => {
  if (!(error instanceof Error)) return null;
  const hint = SAID_BY_DATABASE.get(error.message);
  return hint === undefined
    ? null
    : new Problem(`The case could not be written (${error.message}).`, hint, { cause: error });
};

/**
 * Turns an error of the disk (full, read-only, broken, not ours) into a Problem with what to do;
 * any other error comes back as it is.
 */
export const withDiskTrouble = (error: unknown): unknown => {
  if (error instanceof Problem) return databaseTrouble(error.cause) ?? error;
  const database = databaseTrouble(error);
  if (database !== null) return database;
  const damage = recordsDamage(error);
  if (damage !== null) return damage;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error;
  const hint = hintForCode(error.code);
  return hint === null
    ? error
    : new Problem(`The disk refuses (${error.message}).`, hint, { cause: error });
};

import { Problem } from '../problem.ts';

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

import type { DatabaseSync } from 'node:sqlite';
import { copyNumber, unpackContent } from '../records/packed-content.ts';

const newest = (db: DatabaseSync, where: string, key: string): number | null => {
  const row = db
    .prepare(
      `SELECT r.record FROM contexts c JOIN sessions s ON s.session = c.session
      JOIN records r ON r.context = c.context WHERE ${where} ORDER BY r.time DESC, r.id LIMIT 1`,
    )
    .get(key);
  return row === undefined ? null : Number(row['record']);
};

/** The newest record that lists a message: its copies are looked for in its contexts' records. */
const newestOfMessage = (db: DatabaseSync, message: number): number | null => {
  const copies = new Set(
    db
      .prepare('SELECT ordinal FROM copies WHERE message = ?')
      .all(message)
      .map((row) => copyNumber(message, Number(row['ordinal']))),
  );
  const contexts = db
    .prepare('SELECT context FROM accesses WHERE message = ? ORDER BY last DESC')
    .all(message);
  const records = db.prepare(
    'SELECT record, content FROM records WHERE context = ? ORDER BY time DESC',
  );
  for (const { context } of contexts) {
    for (const row of records.iterate(Number(context))) {
      const content = unpackContent(row['content']);
      if (content.copies.some((copy) => copies.has(copy))) return Number(row['record']);
    }
  }
  return null;
};

/** Number of the newest record of a session, a context (by key) or a message (by row); null: none. */
export const newestRecordOf = (
  db: DatabaseSync,
  of: { session: string } | { context: string } | { message: number },
): number | null => {
  if ('session' in of) return newest(db, 's.key = ?', of.session);
  if ('context' in of) return newest(db, 'c.key = ?', of.context);
  return newestOfMessage(db, of.message);
};

import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import type { Trace } from '../../domain/lookups/trace.ts';
import { idHash } from '../records/keys.ts';

/** Numbers of the messages of this id, in any mailbox. */
export const messagesOfId = (db: DatabaseSync, id: string): readonly number[] =>
  db
    .prepare('SELECT message FROM messages WHERE hash = ? AND message_id = ? ORDER BY message')
    .all(idHash(id), id)
    .map(({ message }) => Number(message));

/** The same whatever is upper or lower case in ASCII, by the id in lower case: looks once at every message. */
export const messagesOfSpellings = (
  db: DatabaseSync,
  lowerCaseIds: readonly string[],
): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  if (lowerCaseIds.length === 0) return found;
  const rows = db.prepare(
    `SELECT message, lower(message_id) AS id FROM messages
      WHERE lower(message_id) IN (SELECT value FROM json_each(?)) ORDER BY message`,
  );
  for (const { message, id } of rows.iterate(JSON.stringify(lowerCaseIds))) {
    const numbers = found.get(String(id)) ?? [];
    numbers.push(Number(message));
    found.set(String(id), numbers);
  }
  return found;
};

/** What the case knows of the metadata of an id; null: nothing. */
export const traceOfId = (db: DatabaseSync, id: string): Trace | null => {
  const row = db.prepare('SELECT text FROM traces WHERE message_id = ?').get(id);
  return row === undefined ? null : (storedJson(row['text']) as Trace);
};

/** Metadata of message ids, whether or not a record lists them. Keys of items begin with a space. */
export function* tracedIds(
  db: DatabaseSync,
): Generator<{ readonly internetMessageId: string; readonly trace: Trace }> {
  const rows = db.prepare(
    "SELECT message_id, text FROM traces WHERE message_id NOT LIKE ' %' ORDER BY message_id",
  );
  for (const { message_id: id, text } of rows.iterate())
    yield { internetMessageId: String(id), trace: storedJson(text) as Trace };
}

import type { DatabaseSync } from 'node:sqlite';
import type { Mailbox } from '../../domain/sessions/session.ts';

/**
 * Owners get renamed: numbers of mailboxes of which older records name an owner that the newest does
 * not. `name`: a condition on owners, with `wanted` as its values.
 */
export const mailboxesOnceOf = (
  db: DatabaseSync,
  name: string,
  wanted: readonly string[],
): readonly number[] => {
  const former = db
    .prepare(
      `SELECT owner FROM owners WHERE ${name} AND owner NOT IN (SELECT owner FROM mailboxes WHERE owner IS NOT NULL)`,
    )
    .all(...wanted)
    .map((row) => Number(row['owner']));
  if (former.length === 0) return [];
  return db
    .prepare(
      `SELECT DISTINCT c.mailbox FROM records r JOIN contexts c ON c.context = r.context
      WHERE r.owner IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(former))
    .map((row) => Number(row['mailbox']));
};

/** Numbers of the mailboxes with this guid or this owner, whole and without case. */
export const mailboxesNamed = (db: DatabaseSync, typed: string): readonly number[] => {
  const name = typed.trim().toLowerCase();
  const found = db
    .prepare(
      `SELECT mb.mailbox FROM mailboxes mb LEFT JOIN owners o ON o.owner = mb.owner
      WHERE mb.guid = ? OR o.name = ?`,
    )
    .all(name, name)
    .map((row) => Number(row['mailbox']));
  return [...new Set([...found, ...mailboxesOnceOf(db, 'name = ?', [name])])];
};

/** Number of the mailbox with this guid, or else this ident; null: there is none. */
export const mailboxNumber = (db: DatabaseSync, mailbox: string): number | null => {
  const row = db
    .prepare('SELECT mailbox FROM mailboxes WHERE coalesce(guid, ident) = ?')
    .get(mailbox);
  return row === undefined ? null : Number(row['mailbox']);
};

/** Mailboxes by their numbers, by owner and guid; null: all of the case. */
export const mailboxesOf = (
  db: DatabaseSync,
  numbers: readonly number[] | null,
): readonly Mailbox[] =>
  db
    .prepare(
      `SELECT mb.guid, o.name AS owner FROM mailboxes mb LEFT JOIN owners o ON o.owner = mb.owner
      WHERE ? IS NULL OR mb.mailbox IN (SELECT value FROM json_each(?)) ORDER BY o.name, mb.ident`,
    )
    .all(...(numbers === null ? [null, '[]'] : ['', JSON.stringify(numbers)]))
    .map((row) => ({ guid: row['guid'] as string | null, owner: row['owner'] as string | null }));

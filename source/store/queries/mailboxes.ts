import type { DatabaseSync } from 'node:sqlite';
import type { Mailbox } from '../../domain/sessions/session.ts';

/** Numbers of the mailboxes that figures are of; null: all of the case. */
export type MailboxScope = readonly number[] | null;

/** A further condition on a column of mailbox numbers. */
export const within = (column: string, scope: MailboxScope): string =>
  scope === null ? '' : ` AND ${column} IN (${scope.join(', ')})`;

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

export interface MailboxRow {
  readonly mailbox: number;
  readonly ident: string;
  readonly guid: string | null;
  readonly owner: string | null;
}

/** By owner and ident. */
export const mailboxRows = (db: DatabaseSync, scope: MailboxScope): readonly MailboxRow[] =>
  db
    .prepare(
      `SELECT mb.mailbox, mb.ident, mb.guid, o.name AS owner FROM mailboxes mb
      LEFT JOIN owners o ON o.owner = mb.owner WHERE TRUE${within('mb.mailbox', scope)}
      ORDER BY o.name, mb.ident`,
    )
    .all()
    .map((row) => ({
      mailbox: Number(row['mailbox']),
      ident: row['ident'] as string,
      guid: row['guid'] as string | null,
      owner: row['owner'] as string | null,
    }));

/** Mailboxes by their numbers, by owner and ident; null: all of the case. */
export const mailboxesOf = (db: DatabaseSync, scope: MailboxScope): readonly Mailbox[] =>
  mailboxRows(db, scope).map(({ guid, owner }) => ({ guid, owner }));

import type { DatabaseSync } from 'node:sqlite';

const sql = {
  actors: 'SELECT DISTINCT mailbox, actor AS name FROM contexts WHERE actor IS NOT NULL',
  owners: 'SELECT m.mailbox, o.name FROM mailboxes m JOIN owners o ON o.owner = m.owner',
  // Owners get renamed: names that no mailbox has by now. Rare, and the only reason to look at records.
  former: `SELECT DISTINCT c.mailbox, o.name FROM records r JOIN contexts c ON c.context = r.context
    JOIN owners o ON o.owner = r.owner
    WHERE r.owner IN (SELECT owner FROM owners WHERE owner NOT IN
      (SELECT owner FROM mailboxes WHERE owner IS NOT NULL))`,
  isFormer: `SELECT 1 FROM owners WHERE owner NOT IN
    (SELECT owner FROM mailboxes WHERE owner IS NOT NULL) LIMIT 1`,
} as const;

/** Names (lower case) of a mailbox's owner, and of whoever opened it. */
export type MailboxOpeners = ReadonlyMap<number, ReadonlySet<string>>;

/** Of all mailboxes; good until records change. */
export const mailboxOpeners = (db: DatabaseSync): MailboxOpeners => {
  const openers = new Map<number, Set<string>>();
  const queries: string[] = [sql.actors, sql.owners];
  if (db.prepare(sql.isFormer).get() !== undefined) queries.push(sql.former);
  for (const query of queries)
    for (const row of db.prepare(query).iterate()) {
      const mailbox = Number(row['mailbox']);
      const names = openers.get(mailbox) ?? new Set();
      openers.set(mailbox, names.add(row['name'] as string));
    }
  return openers;
};

import type { DatabaseSync } from 'node:sqlite';
import type { Trace } from '../../domain/trace.ts';

/** As many rows as there are: what SQLite takes for no limit. */
export const EVERYTHING = -1;

export interface SearchedRow {
  readonly row: number;
  readonly text: string;
}

/**
 * What texts of rows already read depend on: traces that came in, contexts that joined a session,
 * sources that went. Where it is the same, only rows behind the last one are new.
 */
export const searchState = (
  db: DatabaseSync,
): { readonly sessions: string; readonly messages: string } => {
  const count = (sql: string): string => String(db.prepare(sql).get()?.['state'] ?? 0);
  // A cancelled import's numbers are used again, by another file: its name tells them apart.
  const sources = count(`SELECT group_concat(source || state || file) AS state FROM sources`);
  return {
    sessions: `${sources}/${count('SELECT max(context) AS state FROM contexts')}`,
    messages: `${sources}/${count('SELECT max(trace_row) AS state FROM trace_rows')}`,
  };
};

/** User, mailbox, client, addresses and ids of sessions numbered above `after`, at most so many. */
export function* sessionTexts(
  db: DatabaseSync,
  after: number,
  most: number,
): Generator<SearchedRow> {
  const rows =
    db.prepare(`SELECT s.session, s.key, s.session_id, group_concat(DISTINCT coalesce(c.actor, '') || ' '
      || coalesce(o.name, '') || ' ' || coalesce(c.address, '') || ' ' || c.client || ' ' || coalesce(c.app_id, '') || ' '
      || coalesce(c.client_app_id, '') || ' ' || coalesce(c.device_id, '') || ' ' || coalesce(c.client_info, '')) AS contexts
    FROM sessions s JOIN contexts c ON c.session = s.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
    LEFT JOIN owners o ON o.owner = mb.owner WHERE s.session > ? GROUP BY s.session ORDER BY s.session LIMIT ?`);
  for (const row of rows.iterate(after, most)) {
    const parts = [row['contexts'], row['session_id'], row['key']];
    yield { row: Number(row['session']), text: parts.filter((part) => part !== null).join(' ') };
  }
}

const recipientsOf = (trace: unknown): string =>
  typeof trace === 'string' ? (JSON.parse(trace) as Trace).recipients.join(' ') : '';

/** Subject, sender, recipients, ids and folders of messages numbered above `after`, at most so many. */
export function* messageTexts(
  db: DatabaseSync,
  after: number,
  most: number,
): Generator<SearchedRow> {
  const rows = db.prepare(`SELECT m.message, m.message_id, m.item_id, t.subject, t.sender, t.text,
      (SELECT group_concat(f.name) FROM folders f WHERE f.folder = m.first_folder
        OR f.folder IN (SELECT c.folder FROM further_copies c WHERE c.message = m.message)) AS folders
    FROM messages m LEFT JOIN traces t ON m.traced = 1 AND t.message_id = m.message_id
    WHERE m.message > ? ORDER BY m.message LIMIT ?`);
  for (const row of rows.iterate(after, most)) {
    const { subject, sender, message_id: id, item_id: item, folders } = row;
    const parts = [subject, sender, recipientsOf(row['text']), id, item, folders];
    yield { row: Number(row['message']), text: parts.filter((part) => part !== null).join(' ') };
  }
}

import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** Of a message `m` in its mailbox: its message id, else its item id (`domain.md`, Reading 4). */
const IDENTITY = `coalesce('m' || m.message_id, 'i' || m.item_id)`;

/**
 * What a records.db says, in the order of what it says and without its own numbers: two databases
 * made from the same sources, in whatever order, give the same digests. Columns have names of their
 * own: rows as arrays are newer than Node 22.15.
 */
const QUERIES = [
  `SELECT key, session_id, derived, contexts, first, last, records, binds, syncs, operations, messages
    FROM sessions ORDER BY key`,
  `SELECT c.key, s.key AS session, m.ident, c.actor, c.address, c.client, c.client_info, c.first, c.last, c.records, c.binds,
    c.syncs, c.operations, c.messages, c.throttled, c.items_missing, c.items_named, c.items_declared, c.app_only, c.delegate, c.external,
    c.id_sources, c.digest_high, c.digest_low FROM contexts c JOIN sessions s ON s.session = c.session
    JOIN mailboxes m ON m.mailbox = c.mailbox ORDER BY c.key`,
  `SELECT m.ident, m.guid, o.name FROM mailboxes m LEFT JOIN owners o ON o.owner = m.owner ORDER BY m.ident`,
  `SELECT c.key, mb.ident AS mailbox, ${IDENTITY} AS message, a.first, a.last, a.times FROM accesses a JOIN contexts c ON c.context = a.context
    JOIN messages m ON m.message = a.message JOIN mailboxes mb ON mb.mailbox = m.mailbox
    ORDER BY c.key, mb.ident, message`,
  `SELECT c.key, f.ident, y.times FROM synced y JOIN contexts c ON c.context = y.context
    JOIN folders f ON f.folder = y.folder ORDER BY c.key, f.ident`,
  `SELECT mb.ident AS mailbox, ${IDENTITY} AS message, f.ident AS folder, c.item_id, c.immutable_id, c.size FROM copies c JOIN messages m
    ON m.message = c.message JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN folders f ON f.folder = c.folder
    ORDER BY mb.ident, message, f.ident, c.item_id, c.immutable_id, c.size`,
  `SELECT r.id, c.key, r.time, r.flags, r.operation_count, r.token, r.other_ids FROM records r
    JOIN contexts c ON c.context = r.context ORDER BY r.id, c.key, r.time, r.flags, r.operation_count,
    r.token, r.other_ids`,
  `SELECT o.session_id, c.key FROM other_session_ids o JOIN contexts c ON c.context = o.context
    ORDER BY o.session_id, c.key`,
  `SELECT message_id, text FROM traces ORDER BY message_id`,
  `SELECT id, text FROM sign_ins ORDER BY id`,
  `SELECT id, text FROM side_events ORDER BY id`,
  `SELECT session_id, id FROM side_event_sessions ORDER BY session_id, id`,
  `SELECT mb.ident AS mailbox, ${IDENTITY} AS message, m.lookup_end FROM messages m
    JOIN mailboxes mb ON mb.mailbox = m.mailbox WHERE m.lookup_end <> 0 ORDER BY mb.ident, message`,
  `SELECT time FROM damaged_times ORDER BY time`,
  `SELECT name, by_item, mailbox, service, how, outcome, at, detail FROM lookups
    ORDER BY name, by_item, mailbox, service`,
  `SELECT address, direction, from_time, to_time, rows, source, complete, at FROM lookup_traffic
    ORDER BY address, direction, from_time, to_time, at, rows`,
] as const;

export const contentDigest = (db: DatabaseSync): string => {
  const hash = createHash('sha256');
  for (const query of QUERIES) {
    for (const row of db.prepare(query).iterate()) hash.update(`${JSON.stringify(row)}\n`);
    hash.update('\n');
  }
  return hash.digest('hex');
};

import type { DatabaseSync } from 'node:sqlite';

/** A message in the words of its mailbox. */
const MESSAGE = `json_array(mb.ident, m.message_id, m.item_id)`;
const RECORD_FOLDERS = `(SELECT name FROM folders f WHERE f.folder = x.folder)`;

/**
 * Every table of records.db that a figure or a list comes from, in words instead of its own numbers,
 * in no order. Written for tests, and on purpose without anything that the product compares with.
 */
const TABLES: Readonly<Record<string, string>> = {
  mailboxes: `SELECT mb.ident, mb.guid, o.name AS owner, mb.owner_time FROM mailboxes mb
    LEFT JOIN owners o ON o.owner = mb.owner`,
  owners: 'SELECT name FROM owners',
  sessions: `SELECT key, session_id, derived, contexts, first, last, records, binds, syncs, operations, messages
    FROM sessions`,
  contexts: `SELECT c.*, s.key AS session, mb.ident AS mailbox, NULL AS context FROM contexts c
    LEFT JOIN sessions s ON s.session = c.session LEFT JOIN mailboxes mb ON mb.mailbox = c.mailbox`,
  folders: `SELECT mb.ident AS mailbox, f.ident, f.id, f.name FROM folders f
    LEFT JOIN mailboxes mb ON mb.mailbox = f.mailbox`,
  folderNames: `SELECT mb.ident AS mailbox, f.ident, n.name, n.records FROM folder_names n
    LEFT JOIN folders f ON f.folder = n.folder LEFT JOIN mailboxes mb ON mb.mailbox = f.mailbox`,
  messages: `SELECT ${MESSAGE} AS message, m.traced, m.lookup_end FROM messages m
    LEFT JOIN mailboxes mb ON mb.mailbox = m.mailbox`,
  copies: `SELECT ${MESSAGE} AS message, f.ident AS folder, x.item_id, x.immutable_id, x.size
    FROM copies x LEFT JOIN messages m ON m.message = x.message
    LEFT JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN folders f ON f.folder = x.folder`,
  records: `SELECT r.id, r.anchor IS NULL AS first, c.key AS context, r.time, r.flags, r.operation_count,
    r.token, r.other_ids, r.raw_address, r.id_source, o.name AS owner FROM records r
    LEFT JOIN contexts c ON c.context = r.context LEFT JOIN owners o ON o.owner = r.owner`,
  accesses: `SELECT c.key AS context, ${MESSAGE} AS message, a.first, a.last, a.times FROM accesses a
    LEFT JOIN contexts c ON c.context = a.context LEFT JOIN messages m ON m.message = a.message
    LEFT JOIN mailboxes mb ON mb.mailbox = m.mailbox`,
  synced: `SELECT c.key AS context, f.ident AS folder, ${RECORD_FOLDERS} AS name, x.times FROM synced x
    LEFT JOIN contexts c ON c.context = x.context LEFT JOIN folders f ON f.folder = x.folder`,
  tokens: `SELECT c.key AS context, t.token FROM tokens t LEFT JOIN contexts c ON c.context = t.context`,
  otherIds: `SELECT c.key AS context, o.session_id FROM other_session_ids o
    LEFT JOIN contexts c ON c.context = o.context`,
  readings: `SELECT r.id, count(*) AS readings FROM readings x LEFT JOIN records r ON r.record = x.record
    GROUP BY r.id`,
  occurrences: `SELECT r.id, count(*) AS rows, sum(x.outcome = 1) AS accepted, sum(x.outcome = 3) AS conflicts
    FROM occurrences x LEFT JOIN records r ON r.record = x.record GROUP BY r.id`,
  traces: 'SELECT * FROM traces',
  traceRows: 'SELECT message_id, text FROM trace_rows',
  signIns: 'SELECT * FROM sign_ins',
  sideEvents: 'SELECT * FROM side_events',
  eventSessions: 'SELECT * FROM side_event_sessions',
  lookups: 'SELECT * FROM lookups',
  traffic:
    'SELECT address, direction, from_time, to_time, rows, source, complete, at FROM lookup_traffic',
  warnings: 'SELECT reason FROM warnings',
  damagedTimes: 'SELECT time FROM damaged_times',
  sources: `SELECT rows, other_operations, damaged, more_warnings FROM sources`,
};

/** What a records.db says, table by table: equal exactly where no figure can differ. */
export const saidBy = (db: DatabaseSync): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(TABLES).map(([table, query]) => [
      table,
      db
        .prepare(query)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );

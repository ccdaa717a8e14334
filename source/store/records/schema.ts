import { EVENT_TABLES } from './event-tables.ts';

/**
 * The tables of records.db: what the evidence says, ready to query. Times are epoch milliseconds
 * (UTC) in here, and ISO strings everywhere else. Deletable: `mia rebuild` makes it again.
 */
export const SCHEMA_VERSION = 9;

/** Bits of records.flags. Pairs: one bit for "stated", one for "true". */
export const FLAG = {
  sync: 1,
  itemsMissing: 2,
  appOnlyStated: 4,
  appOnly: 8,
  delegateStated: 16,
  delegate: 32,
  externalStated: 64,
  external: 128,
  throttledStated: 256,
  throttled: 512,
} as const;

/** Values of occurrences.outcome. */
export const ROW_OUTCOME = { accepted: 1, duplicate: 2, conflict: 3 } as const;

/** Values of messages.lookup_end, by what all lookups came to (`endOfAll`). */
export const LOOKUP_END = { olderThanTrace: 1, notFound: 2, failed: 3 } as const;

/** Order of SessionIdSource as bits of contexts.id_sources. */
export const ID_SOURCES = ['SessionId', 'AADSessionId', 'DeviceProperties'] as const;

export const SCHEMA = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- state: 'importing' until case.json knows the source; such rows of a dead import are removed.
CREATE TABLE sources (
  source INTEGER PRIMARY KEY, sha256 TEXT, file TEXT NOT NULL, kind TEXT, layout TEXT,
  state TEXT NOT NULL, kept INTEGER NOT NULL, path TEXT,
  rows INTEGER NOT NULL DEFAULT 0, other_operations INTEGER NOT NULL DEFAULT 0,
  damaged INTEGER NOT NULL DEFAULT 0, trace_accepted INTEGER NOT NULL DEFAULT 0,
  trace_duplicates INTEGER NOT NULL DEFAULT 0, more_warnings INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE mailboxes (
  mailbox INTEGER PRIMARY KEY, ident TEXT NOT NULL UNIQUE, guid TEXT,
  owner INTEGER, owner_time INTEGER
);

-- Names of owners; a mailbox's is the one its newest record has (owners get renamed).
CREATE TABLE owners (owner INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE sessions (
  session INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, session_id TEXT, derived INTEGER NOT NULL,
  contexts INTEGER NOT NULL DEFAULT 0, first INTEGER, last INTEGER, records INTEGER NOT NULL DEFAULT 0,
  binds INTEGER NOT NULL DEFAULT 0, syncs INTEGER NOT NULL DEFAULT 0,
  operations INTEGER NOT NULL DEFAULT 0, messages INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sessions_by_last ON sessions (last, key);

CREATE TABLE contexts (
  context INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, session INTEGER NOT NULL,
  mailbox INTEGER NOT NULL, actor TEXT, address TEXT, client TEXT NOT NULL, client_info TEXT, app_id TEXT,
  client_app_id TEXT, logon_type INTEGER, device_id TEXT,
  first INTEGER, last INTEGER, records INTEGER NOT NULL DEFAULT 0,
  binds INTEGER NOT NULL DEFAULT 0, syncs INTEGER NOT NULL DEFAULT 0,
  operations INTEGER NOT NULL DEFAULT 0, messages INTEGER NOT NULL DEFAULT 0,
  throttled INTEGER NOT NULL DEFAULT 0,
  -- Records with items missing; how many items these name, and how many they declare (at least).
  items_missing INTEGER NOT NULL DEFAULT 0, items_named INTEGER NOT NULL DEFAULT 0,
  items_declared INTEGER NOT NULL DEFAULT 0,
  app_only INTEGER NOT NULL DEFAULT 0, delegate INTEGER NOT NULL DEFAULT 0,
  external INTEGER NOT NULL DEFAULT 0, id_sources INTEGER NOT NULL DEFAULT 0,
  digest_high INTEGER NOT NULL DEFAULT 0, digest_low INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX contexts_by_session ON contexts (session);
CREATE INDEX contexts_by_address ON contexts (address);

-- Session ids that records of a context state beside the one that decides (domain.md, Reading 5).
CREATE TABLE other_session_ids (
  session_id TEXT NOT NULL, context INTEGER NOT NULL, PRIMARY KEY (session_id, context)
) WITHOUT ROWID;
CREATE INDEX other_session_ids_by_context ON other_session_ids (context);

CREATE TABLE folders (
  folder INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, ident TEXT NOT NULL, id TEXT, name TEXT,
  UNIQUE (mailbox, ident)
);
-- The names that records give a folder, and how many do; folders.name is the best of them.
CREATE TABLE folder_names (
  folder INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT, records INTEGER NOT NULL,
  PRIMARY KEY (folder, ordinal)
) WITHOUT ROWID;

-- traced: there is metadata. lookup_end: what all lookups of it came to (LOOKUP_END), 0 none.
CREATE TABLE messages (
  message INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, hash INTEGER NOT NULL,
  message_id TEXT, item_id TEXT, traced INTEGER NOT NULL, lookup_end INTEGER NOT NULL,
  first_copy INTEGER NOT NULL, first_folder INTEGER, first_item TEXT, first_immutable TEXT, first_size INTEGER
);
-- Found by a hash of the id: an index of numbers stays small enough to be kept in memory.
CREATE INDEX messages_by_hash ON messages (hash, mailbox);

-- What was seen of a message: in which folder, under which item id, of what size. Most are seen in
-- one way only, which stands with the message itself.
CREATE TABLE further_copies (
  message INTEGER NOT NULL, ordinal INTEGER NOT NULL, folder INTEGER, item_id TEXT,
  immutable_id TEXT, size INTEGER, PRIMARY KEY (message, ordinal)
) WITHOUT ROWID;
CREATE VIEW copies AS
  SELECT message, 0 AS ordinal, first_folder AS folder, first_item AS item_id,
    first_immutable AS immutable_id, first_size AS size FROM messages WHERE first_copy = 1
  UNION ALL SELECT message, ordinal, folder, item_id, immutable_id, size FROM further_copies;

-- hash: of the id; an import holds them in memory, or makes an index (LoadingIndexes.findRecords).
-- One row per variant of a record; variants beyond the first (a conflict) name the first as anchor.
-- other_ids: session ids that it states beside the one that decides, as JSON.
-- source to reading: the row of a file by which it was accepted; null in further variants.
CREATE TABLE records (
  record INTEGER PRIMARY KEY, anchor INTEGER, hash INTEGER NOT NULL, id TEXT NOT NULL, context INTEGER NOT NULL,
  time INTEGER NOT NULL, flags INTEGER NOT NULL, operation_count INTEGER, token TEXT, other_ids TEXT,
  raw_address TEXT, id_source INTEGER, owner INTEGER, content BLOB NOT NULL,
  source INTEGER, line INTEGER, start INTEGER, length INTEGER, reading INTEGER
);
CREATE INDEX records_by_anchor ON records (anchor) WHERE anchor IS NOT NULL;
CREATE INDEX records_by_context ON records (context, time);

CREATE INDEX records_by_source ON records (source) WHERE source IS NOT NULL;

-- Every further row that held a record: which source, where, and its outcome. reading: see readings.
CREATE TABLE further_occurrences (
  occurrence INTEGER PRIMARY KEY, record INTEGER NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL,
  start INTEGER NOT NULL, length INTEGER NOT NULL, outcome INTEGER NOT NULL, reading INTEGER
);
CREATE INDEX occurrences_by_record ON further_occurrences (record);
CREATE INDEX occurrences_by_source ON further_occurrences (source, outcome);
CREATE VIEW occurrences AS
  SELECT 0 AS occurrence, record, source, line, start, length, 1 AS outcome, reading FROM records
    WHERE source IS NOT NULL
  UNION ALL SELECT occurrence, record, source, line, start, length, outcome, reading FROM further_occurrences;

-- Only of records of which sources say different things: each distinct reading, as AuditRecord JSON.
CREATE TABLE readings (reading INTEGER PRIMARY KEY, record INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX readings_by_record ON readings (record);

-- times: records of the context that name the message, each once, whatever its copies and variants.
CREATE TABLE accesses (
  context INTEGER NOT NULL, message INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  times INTEGER NOT NULL, PRIMARY KEY (context, message)
) WITHOUT ROWID;
CREATE INDEX accesses_by_message ON accesses (message, context);

-- Folders synced, by context.
CREATE TABLE synced (
  context INTEGER NOT NULL, folder INTEGER NOT NULL, times INTEGER NOT NULL,
  PRIMARY KEY (context, folder)
) WITHOUT ROWID;

-- message_id: the key of domain/trace.ts, which is a message id or, behind a space, an item id.
CREATE TABLE trace_rows (
  trace_row INTEGER PRIMARY KEY, message_id TEXT NOT NULL, ident TEXT NOT NULL, source INTEGER NOT NULL,
  line INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX trace_rows_by_message ON trace_rows (message_id, ident);
CREATE INDEX trace_rows_by_source ON trace_rows (source);

-- The folded metadata of a message (domain/trace-fold.ts), made from trace_rows.
CREATE TABLE traces (
  message_id TEXT PRIMARY KEY, source TEXT NOT NULL, subject TEXT, sender TEXT, received TEXT, text TEXT NOT NULL
) WITHOUT ROWID;

-- What lookups.jsonl says last of each message and service (mailbox '': without one), and of traffic.
CREATE TABLE lookups (
  name TEXT NOT NULL, by_item INTEGER NOT NULL, mailbox TEXT NOT NULL, service TEXT NOT NULL,
  how TEXT NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL, detail TEXT,
  PRIMARY KEY (name, by_item, mailbox, service)
) WITHOUT ROWID;
CREATE TABLE lookup_traffic (
  traffic INTEGER PRIMARY KEY, address TEXT NOT NULL, direction TEXT NOT NULL, from_time INTEGER NOT NULL,
  to_time INTEGER NOT NULL, rows INTEGER NOT NULL, source TEXT, complete INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX lookup_traffic_by_address ON lookup_traffic (address, direction);

CREATE TABLE warnings (
  warning INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX warnings_by_source ON warnings (source);

-- When damaged rows were, for those of which anything says it: gaps of the kind unreadable.
CREATE TABLE damaged_times (source INTEGER NOT NULL, time INTEGER NOT NULL);
CREATE INDEX damaged_times_by_source ON damaged_times (source);

-- Every row of a sign-in log; text: the SignIn as JSON without what it does not state. outcome: ROW_OUTCOME.
CREATE TABLE sign_in_rows (
  sign_in_row INTEGER PRIMARY KEY, id TEXT NOT NULL, outcome INTEGER NOT NULL, source INTEGER NOT NULL,
  line INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX sign_in_rows_by_id ON sign_in_rows (id);
CREATE INDEX sign_in_rows_by_source ON sign_in_rows (source, outcome);

-- One entry an id (domain/sign-in-fold.ts), made from sign_in_rows. token: as records carry it.
CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY, time INTEGER NOT NULL, session_id TEXT, token TEXT, address TEXT,
  user TEXT, user_id TEXT, app_id TEXT, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_ins_by_session ON sign_ins (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX sign_ins_by_token ON sign_ins (token) WHERE token IS NOT NULL;
CREATE INDEX sign_ins_by_address ON sign_ins (address, time) WHERE address IS NOT NULL;

-- UniqueTokenIds that records of a context carry.
CREATE TABLE tokens (
  context INTEGER NOT NULL, token TEXT NOT NULL, PRIMARY KEY (context, token)
) WITHOUT ROWID;
${EVENT_TABLES}`;

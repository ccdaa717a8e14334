/** The tables of records.db that hold side events; part of `SCHEMA`. */
export const EVENT_TABLES = `
-- Every row of a side event; text: the SideEvent as JSON without what it does not state.
CREATE TABLE side_event_rows (
  side_event_row INTEGER PRIMARY KEY, id TEXT NOT NULL, outcome INTEGER NOT NULL, source INTEGER NOT NULL,
  line INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX side_event_rows_by_id ON side_event_rows (id);
CREATE INDEX side_event_rows_by_source ON side_event_rows (source, outcome);

-- One event an id (domain/events/event-fold.ts), made from side_event_rows.
CREATE TABLE side_events (
  id TEXT PRIMARY KEY, time INTEGER NOT NULL, kind TEXT NOT NULL, token TEXT, address TEXT,
  mailbox_guid TEXT, owner TEXT, actor TEXT, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX side_events_by_time ON side_events (time, id);
CREATE INDEX side_events_by_token ON side_events (token) WHERE token IS NOT NULL;
CREATE INDEX side_events_by_address ON side_events (address, time) WHERE address IS NOT NULL;

-- The session ids that an event states, whichever field held them.
CREATE TABLE side_event_sessions (
  session_id TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (session_id, id)
) WITHOUT ROWID;
CREATE INDEX side_event_sessions_by_event ON side_event_sessions (id);
`;

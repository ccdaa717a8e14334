import type { DatabaseSync } from 'node:sqlite';
import { eventContradicts, foldEvents } from '../../domain/events/event-fold.ts';
import type { SideEvent } from '../../domain/events/side-event.ts';
import { prepareAll } from '../prepared.ts';
import { eventOfText, eventText } from './event-text.ts';
import { FoldedRows } from './folded-rows.ts';
import { toMs } from './record-time.ts';

const sql = {
  drop: 'DELETE FROM side_events WHERE id = ?',
  put: `INSERT OR REPLACE INTO side_events (id, time, kind, token, address, mailbox_guid, owner, actor, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dropSessions: 'DELETE FROM side_event_sessions WHERE id = ?',
  putSession: 'INSERT OR IGNORE INTO side_event_sessions (session_id, id) VALUES (?, ?)',
} as const;

/** Rows of side events, by record id; `take` gets `eventText`. */
export const eventIngest = (db: DatabaseSync): FoldedRows<SideEvent> => {
  const statements = prepareAll(db, sql);
  return new FoldedRows<SideEvent>(db, {
    table: 'side_event_rows',
    ofText: eventOfText,
    fold: foldEvents,
    contradicts: eventContradicts,
    drop: (id) => {
      statements.drop.run(id);
      statements.dropSessions.run(id);
    },
    put: (event) => {
      statements.put.run(
        event.id,
        toMs(event.time),
        event.kind,
        event.tokenId,
        event.address,
        event.mailboxGuid,
        event.mailboxOwner,
        event.actor,
        eventText(event),
      );
      statements.dropSessions.run(event.id);
      for (const sessionId of [event.sessionId, ...event.otherSessionIds])
        if (sessionId !== null) statements.putSession.run(sessionId, event.id);
    },
  });
};

import type { DatabaseSync } from 'node:sqlite';
import { verdictOf, type VerdictState } from '../../domain/verdicts.ts';
import { digestText } from '../records/keys.ts';

/** Values of judged.verdict. */
export const JUDGED = { open: 0, malicious: 1, benign: 2 } as const;

const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS judged (
  context INTEGER PRIMARY KEY, session INTEGER NOT NULL, mailbox INTEGER NOT NULL,
  verdict INTEGER NOT NULL, grown INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS standing (
  message INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, identified INTEGER NOT NULL,
  malicious INTEGER NOT NULL, benign_only INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS session_verdicts (session INTEGER PRIMARY KEY, verdict INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS presumed_whole (mailbox INTEGER PRIMARY KEY);
`;

const CONTEXTS_OF_SESSION = `SELECT c.context, c.key, c.session, c.mailbox, c.records, c.digest_high, c.digest_low,
  s.key AS session_key FROM sessions s JOIN contexts c ON c.session = s.session WHERE s.key = ?`;

// A message is benign only where none of its contexts is anything else.
const STANDINGS = `INSERT INTO standing
  SELECT a.message, m.mailbox, m.message_id IS NOT NULL, max(j.verdict = 1),
    min(j.verdict = 2) AND count(*) = (SELECT count(*) FROM accesses x WHERE x.message = a.message)
  FROM judged j JOIN accesses a ON a.context = j.context JOIN messages m ON m.message = a.message
  WHERE j.verdict <> 0 GROUP BY a.message`;

// 3 is mixed: a session shows a verdict only where all its contexts agree, undecided included.
const SESSION_VERDICTS = `INSERT INTO session_verdicts
  SELECT j.session, CASE sum(j.verdict <> 0) WHEN 0 THEN 0 ELSE
    CASE s.contexts WHEN sum(j.verdict = 1) THEN 1 WHEN sum(j.verdict = 2) THEN 2 ELSE 3 END END
  FROM judged j JOIN sessions s ON s.session = j.session GROUP BY j.session`;

/**
 * What the decisions mean for contexts and messages, as temporary tables of this connection: only
 * what has been judged stands in them, everything else is open. Made anew after a decision or an
 * import; the cost is that of the judged contexts, not of the case.
 */
export const judge = (db: DatabaseSync, state: VerdictState): void => {
  db.exec(TABLES);
  db.exec('DELETE FROM judged; DELETE FROM standing; DELETE FROM session_verdicts');
  const contexts = db.prepare(CONTEXTS_OF_SESSION);
  const insert = db.prepare('INSERT INTO judged VALUES (?, ?, ?, ?, ?)');
  for (const session of state.marks.keys()) {
    for (const row of contexts.all(session)) {
      const standing = verdictOf(state, {
        key: row['key'] as string,
        session,
        records: Number(row['records']),
        digest: digestText(Number(row['digest_high']), Number(row['digest_low'])),
      });
      insert.run(
        Number(row['context']),
        Number(row['session']),
        Number(row['mailbox']),
        standing.verdict === null ? JUDGED.open : JUDGED[standing.verdict],
        standing.grownSinceVerdict,
      );
    }
  }
  db.exec(SESSION_VERDICTS);
  db.exec(STANDINGS);
};

/** Mailboxes of which all mail is presumed exposed (`domain.md`, Exposure 1 and 2). */
export const presumeWhole = (db: DatabaseSync, mailboxes: readonly number[]): void => {
  db.exec('DELETE FROM presumed_whole');
  const insert = db.prepare('INSERT INTO presumed_whole VALUES (?)');
  for (const mailbox of mailboxes) insert.run(mailbox);
};

/**
 * SQL for the class of a message `m` with standing `st` (left join) and presumed_whole `pw` (left
 * join): `classOf` of domain/exposure.ts in the form SQLite needs. A synced folder needs no term of
 * its own: a malicious Sync presumes the whole mailbox. 0 confirmed, 1 presumed, 2 open, 3 benignOnly.
 */
export const CLASS_SQL = `CASE WHEN st.malicious = 1 THEN 0 WHEN pw.mailbox IS NOT NULL THEN 1
  WHEN st.benign_only = 1 THEN 3 ELSE 2 END`;

export const STANDING_JOINS = `LEFT JOIN standing st ON st.message = m.message
  LEFT JOIN presumed_whole pw ON pw.mailbox = m.mailbox`;

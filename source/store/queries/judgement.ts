import type { DatabaseSync } from 'node:sqlite';
import { verdictOf, type VerdictState } from '../../domain/verdicts.ts';
import { contextDigest, DIGEST_COLUMNS } from './context-digest.ts';

/** Values of judged.verdict. */
export const JUDGED = { open: 0, malicious: 1, benign: 2 } as const;

const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS judged (
  context INTEGER PRIMARY KEY, session INTEGER NOT NULL, mailbox INTEGER NOT NULL,
  verdict INTEGER NOT NULL, grown INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS temp.judged_by_session ON judged (session);
CREATE INDEX IF NOT EXISTS temp.judged_by_mailbox ON judged (mailbox, verdict);
CREATE TEMP TABLE IF NOT EXISTS standing (
  message INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, identified INTEGER NOT NULL,
  malicious INTEGER NOT NULL, benign_only INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS session_verdicts (session INTEGER PRIMARY KEY, verdict INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS touched (message INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS presumed_whole (mailbox INTEGER PRIMARY KEY);
DELETE FROM touched;
`;

const sql = {
  contexts: `SELECT c.context, c.key, c.session, c.mailbox, c.records,
    ${DIGEST_COLUMNS.map((column) => `c.${column}`).join(', ')},
    (SELECT j.verdict FROM judged j WHERE j.context = c.context) AS before
    FROM sessions s JOIN contexts c ON c.session = s.session WHERE s.key = ?`,
  judged: 'INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?)',
  touched: 'INSERT OR IGNORE INTO touched SELECT message FROM accesses WHERE context = ?',
  // 3 is mixed: a session shows a verdict only where all its contexts agree, undecided included.
  session: `INSERT OR REPLACE INTO session_verdicts
    SELECT j.session, CASE sum(j.verdict <> 0) WHEN 0 THEN 0 ELSE
      CASE s.contexts WHEN sum(j.verdict = 1) THEN 1 WHEN sum(j.verdict = 2) THEN 2 ELSE 3 END END
    FROM judged j JOIN sessions s ON s.session = j.session WHERE j.session = ? GROUP BY j.session`,
} as const;

// A message is benign only where none of its contexts is anything else.
const STANDINGS = `DELETE FROM standing WHERE message IN (SELECT message FROM touched);
INSERT INTO standing
  SELECT t.message, m.mailbox, m.message_id IS NOT NULL, max(coalesce(j.verdict, 0) = 1),
    min(coalesce(j.verdict, 0) = 2)
  FROM touched t CROSS JOIN messages m ON m.message = t.message
  CROSS JOIN accesses a ON a.message = t.message LEFT JOIN judged j ON j.context = a.context
  GROUP BY t.message HAVING max(coalesce(j.verdict, 0)) > 0;
DELETE FROM touched`;

/**
 * What the decisions mean for contexts and messages, as temporary tables of this connection: only
 * what has been judged stands in them, everything else is open. After an import for all sessions
 * with a mark ('all'), after a decision for those it is about: the cost is that of what changed.
 */
export const judge = (
  db: DatabaseSync,
  state: VerdictState,
  sessions: Iterable<string> | 'all',
): void => {
  db.exec(TABLES);
  if (sessions === 'all')
    db.exec('DELETE FROM judged; DELETE FROM standing; DELETE FROM session_verdicts');
  const contexts = db.prepare(sql.contexts);
  const judged = db.prepare(sql.judged);
  const touched = db.prepare(sql.touched);
  const verdict = db.prepare(sql.session);
  for (const session of sessions === 'all' ? state.marks.keys() : sessions) {
    const rows = contexts.all(session);
    for (const row of rows) {
      const standing = verdictOf(state, {
        key: row['key'] as string,
        session,
        records: Number(row['records']),
        digest: contextDigest(row),
      });
      const value = standing.verdict === null ? JUDGED.open : JUDGED[standing.verdict];
      const [context, mailbox] = [Number(row['context']), Number(row['mailbox'])];
      judged.run(context, Number(row['session']), mailbox, value, standing.grownSinceVerdict);
      if (value !== Number(row['before'] ?? JUDGED.open)) touched.run(context);
    }
    if (rows[0] !== undefined) verdict.run(Number(rows[0]['session']));
  }
  db.exec(STANDINGS);
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

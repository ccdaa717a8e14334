import type { DatabaseSync } from 'node:sqlite';
import { traceCounts, type RecordFacts } from './exposure-summary.ts';
import { bulkCopyContexts, gapsOfMailboxes } from './mailbox-gaps.ts';

const totalsOf = (db: DatabaseSync): RecordFacts['totals'] =>
  new Map(
    db
      .prepare(
        `SELECT mailbox, count(message_id) AS identified, count(*) - count(message_id) AS unidentified
        FROM messages GROUP BY mailbox`,
      )
      .all()
      .map((row) => [
        Number(row['mailbox']),
        { identified: Number(row['identified']), unidentified: Number(row['unidentified']) },
      ]),
  );

/** What the records alone say, for a summary: to be made anew whenever records change. */
export const recordFacts = (db: DatabaseSync): RecordFacts => ({
  gaps: gapsOfMailboxes(db),
  bulkCopies: bulkCopyContexts(db),
  totals: totalsOf(db),
  sessions: Number(db.prepare('SELECT count(*) AS sessions FROM sessions').get()?.['sessions']),
  trace: traceCounts(db, 'all'),
});

import type { DatabaseSync } from 'node:sqlite';
import type { Summary } from '../../domain/exposure/exposure.ts';
import { isDraftsFolder } from '../../domain/exposure/unresolved.ts';
import { itemlessSources } from './beyond-figures.ts';
import { traceCounts } from './exposed-messages.ts';
import { bulkCopyContexts } from './mailbox-gaps.ts';

/** Facts of the records alone, kept until records change. */
export interface RecordFacts {
  readonly bulkCopies: ReadonlySet<number>;
  /** Messages by mailbox, those with an id and those without. */
  readonly totals: ReadonlyMap<
    number,
    { readonly identified: number; readonly unidentified: number }
  >;
  readonly sessions: number;
  readonly itemlessSources: number;
  readonly trace: Summary['trace'];
}

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

/**
 * Messages that were seen in nothing but a drafts folder (`unresolvedReason`), as a temporary table;
 * a copy in an unnamed folder says nothing.
 */
const findDrafts = (db: DatabaseSync): void => {
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS draft_only (message INTEGER PRIMARY KEY); DELETE FROM draft_only',
  );
  const folders = db
    .prepare('SELECT folder, name FROM folders WHERE name IS NOT NULL')
    .all()
    .filter((row) => isDraftsFolder(row['name'] as string))
    .map((row) => Number(row['folder']));
  if (folders.length === 0) return;
  const drafts = folders.join(',');
  // Not by the view of copies: SQLite would make an index of it for each message.
  db.exec(`INSERT INTO draft_only SELECT m.message FROM messages m WHERE m.message IN (
      SELECT message FROM messages WHERE first_copy = 1 AND first_folder IN (${drafts})
      UNION SELECT message FROM further_copies WHERE folder IN (${drafts}))
    AND NOT (m.first_copy = 1 AND m.first_folder IS NOT NULL AND m.first_folder NOT IN (${drafts}))
    AND NOT EXISTS (SELECT 1 FROM further_copies x WHERE x.message = m.message
      AND x.folder IS NOT NULL AND x.folder NOT IN (${drafts}))`);
};

/** What the records alone say, for a summary: to be made anew whenever records change. */
export const recordFacts = (db: DatabaseSync): RecordFacts => {
  findDrafts(db);
  return {
    bulkCopies: bulkCopyContexts(db),
    totals: totalsOf(db),
    sessions: Number(db.prepare('SELECT count(*) AS sessions FROM sessions').get()?.['sessions']),
    itemlessSources: itemlessSources(db),
    trace: traceCounts(db, 'all'),
  };
};

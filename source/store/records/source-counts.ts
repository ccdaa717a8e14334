import type { DatabaseSync } from 'node:sqlite';
import type { RowCounts, Warning } from '../../domain/records/source.ts';
import { ROW_OUTCOME } from './schema.ts';

const sql = {
  accepted: 'SELECT count(*) AS rows FROM records WHERE source = ?',
  outcomes: `SELECT outcome, count(*) AS rows FROM (SELECT outcome FROM further_occurrences WHERE source = ?
    UNION ALL SELECT outcome FROM sign_in_rows WHERE source = ?
    UNION ALL SELECT outcome FROM side_event_rows WHERE source = ? AND outcome <> ${ROW_OUTCOME.accepted})
    GROUP BY outcome`,
  sideEvents: `SELECT count(*) AS rows FROM side_event_rows WHERE source = ? AND outcome = ${ROW_OUTCOME.accepted}`,
  source: 'SELECT * FROM sources WHERE source = ?',
} as const;

/** The six outcomes of a source's rows as they are now; they add up to `rows`. */
export const countsOf = (db: DatabaseSync, source: number): RowCounts => {
  const row = db.prepare(sql.source).get(source);
  const number = (name: string): number => Number(row?.[name] ?? 0);
  const outcomes = new Map(
    db
      .prepare(sql.outcomes)
      .all(source, source, source)
      .map((outcome) => [Number(outcome['outcome']), Number(outcome['rows'])]),
  );
  const accepted = Number(db.prepare(sql.accepted).get(source)?.['rows'] ?? 0);
  return {
    rows: number('rows'),
    accepted: accepted + number('trace_accepted') + (outcomes.get(ROW_OUTCOME.accepted) ?? 0),
    sideEvents: Number(db.prepare(sql.sideEvents).get(source)?.['rows'] ?? 0),
    otherOperations: number('other_operations'),
    duplicates: (outcomes.get(ROW_OUTCOME.duplicate) ?? 0) + number('trace_duplicates'),
    conflicts: outcomes.get(ROW_OUTCOME.conflict) ?? 0,
    damaged: number('damaged'),
  };
};

/** The six outcomes of every source as they are now, by SHA-256. */
export const countsByHash = (db: DatabaseSync): ReadonlyMap<string, RowCounts> =>
  new Map(
    db
      .prepare('SELECT source, sha256 FROM sources WHERE sha256 IS NOT NULL')
      .all()
      .map((row) => [row['sha256'] as string, countsOf(db, Number(row['source']))]),
  );

/** Rows of a source that could not be read, or were read with a loss, in the order of the file. */
export const warningsOf = (db: DatabaseSync, sha256: string, file: string): readonly Warning[] =>
  db
    .prepare(
      `SELECT w.line, w.reason FROM sources s JOIN warnings w ON w.source = s.source
      WHERE s.sha256 = ? ORDER BY w.warning`,
    )
    .all(sha256)
    .map((row) => ({ file, line: Number(row['line']), reason: row['reason'] as string }));

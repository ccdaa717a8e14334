import type { DatabaseSync } from 'node:sqlite';
import { ROW_OUTCOME } from '../records/schema.ts';

/** A row of a source that says something else than the row by which its record was accepted. */
export interface ConflictLine {
  readonly line: number;
  /** The id both rows bear. */
  readonly id: string;
  readonly of: 'record' | 'sign-in' | 'side event';
  /** Where the accepted row stands; null of what all rows of an id are folded together of. */
  readonly against: { readonly file: string; readonly line: number } | null;
}

/** The conflicts of a source as they are now, in the order of the file, at most `most`. */
export const conflictLines = (
  db: DatabaseSync,
  sha256: string,
  most: number,
): readonly ConflictLine[] =>
  db
    .prepare(
      `SELECT g.line, r.id, 'record' AS kind, a.file, r.line AS at FROM sources s
        JOIN further_occurrences g ON g.source = s.source AND g.outcome = ${ROW_OUTCOME.conflict}
        JOIN records r ON r.record = g.record LEFT JOIN sources a ON a.source = r.source
        WHERE s.sha256 = $sha256
      UNION ALL SELECT w.line, w.id, 'sign-in', NULL, NULL FROM sources s
        JOIN sign_in_rows w ON w.source = s.source AND w.outcome = ${ROW_OUTCOME.conflict}
        WHERE s.sha256 = $sha256
      UNION ALL SELECT e.line, e.id, 'side event', NULL, NULL FROM sources s
        JOIN side_event_rows e ON e.source = s.source AND e.outcome = ${ROW_OUTCOME.conflict}
        WHERE s.sha256 = $sha256
      ORDER BY 1 LIMIT $most`,
    )
    .all({ $sha256: sha256, $most: most })
    .map((row) => ({
      line: Number(row['line']),
      id: row['id'] as string,
      of: row['kind'] as ConflictLine['of'],
      against:
        row['file'] === null ? null : { file: row['file'] as string, line: Number(row['at']) },
    }));

/** The layout of a source as JSON, as its import gave it; null where records.db does not hold it. */
export const layoutOf = (db: DatabaseSync, sha256: string): string | null =>
  (db.prepare('SELECT layout FROM sources WHERE sha256 = ? AND layout IS NOT NULL').get(sha256)?.[
    'layout'
  ] ?? null) as string | null;

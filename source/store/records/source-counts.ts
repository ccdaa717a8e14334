import type { DatabaseSync } from 'node:sqlite';
import type { RowCounts, Warning } from '../../domain/records/source.ts';
import { FATE } from './schema.ts';

const sql = {
  accepted: 'SELECT count(*) AS rows FROM records WHERE source = ?',
  fates: `SELECT fate, count(*) AS rows FROM (SELECT fate FROM further_sightings WHERE source = ?
    UNION ALL SELECT fate FROM sign_in_rows WHERE source = ?) GROUP BY fate`,
  source: 'SELECT * FROM sources WHERE source = ?',
} as const;

/** The five fates of a source's rows as they are now; they add up to `rows`. */
export const countsOf = (db: DatabaseSync, source: number): RowCounts => {
  const row = db.prepare(sql.source).get(source);
  const number = (name: string): number => Number(row?.[name] ?? 0);
  const fates = new Map(
    db
      .prepare(sql.fates)
      .all(source, source)
      .map((fate) => [Number(fate['fate']), Number(fate['rows'])]),
  );
  const accepted = Number(db.prepare(sql.accepted).get(source)?.['rows'] ?? 0);
  return {
    rows: number('rows'),
    accepted: accepted + number('trace_accepted') + (fates.get(FATE.accepted) ?? 0),
    otherOperations: number('other_operations'),
    duplicates: (fates.get(FATE.duplicate) ?? 0) + number('trace_duplicates'),
    conflicts: fates.get(FATE.conflict) ?? 0,
    damaged: number('damaged'),
  };
};

/** The five fates of every source as they are now, by SHA-256. */
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

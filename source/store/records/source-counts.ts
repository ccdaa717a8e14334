import type { DatabaseSync } from 'node:sqlite';
import type { RowCounts, Warning } from '../../domain/source.ts';
import { countsOf } from './source-intake.ts';

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

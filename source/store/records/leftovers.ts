import type { DatabaseSync } from 'node:sqlite';
import type { Source } from '../../domain/records/source.ts';
import { removeSource } from './remove-source.ts';

const isInForce = (source: Source): boolean => source.withdrawn === null;

const hashesOf = (sources: readonly Source[]): ReadonlySet<string> =>
  new Set(sources.filter(isInForce).map((source) => source.sha256));

/** Whether a program that died left something behind: `removeLeftovers` would take it away. */
export const isLeftOver = (db: DatabaseSync, sources: readonly Source[]): boolean => {
  const known = hashesOf(sources);
  return db
    .prepare('SELECT sha256 FROM sources')
    .all()
    .some((row) => !known.has((row['sha256'] ?? '') as string));
};

/**
 * Takes away what a program that died left behind: sources that case.json does not know (an import
 * that was killed), or says were withdrawn. Holding the import lock.
 */
export const removeLeftovers = (db: DatabaseSync, sources: readonly Source[]): void => {
  const known = hashesOf(sources);
  for (const row of db.prepare('SELECT source, sha256, state FROM sources').all()) {
    if (!known.has((row['sha256'] ?? '') as string)) removeSource(db, Number(row['source']));
    else if (row['state'] === 'importing') settleSource(db, Number(row['source']));
  }
};

/** case.json knows the source now: it stays. */
export const settleSource = (db: DatabaseSync, source: number): void => {
  db.prepare(`UPDATE sources SET state = 'complete' WHERE source = ?`).run(source);
};

/** Sources of case.json that records.db does not hold. */
export const sourcesNotIn = (db: DatabaseSync, sources: readonly Source[]): readonly Source[] => {
  const held = new Set(
    db
      .prepare('SELECT sha256 FROM sources')
      .all()
      .map((row) => row['sha256']),
  );
  return sources.filter((source) => isInForce(source) && !held.has(source.sha256));
};

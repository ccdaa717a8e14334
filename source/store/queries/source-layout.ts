import type { DatabaseSync } from 'node:sqlite';

/** The layout of a source as JSON, as its import gave it; null where records.db does not hold it. */
export const layoutOf = (db: DatabaseSync, sha256: string): string | null =>
  (db.prepare('SELECT layout FROM sources WHERE sha256 = ? AND layout IS NOT NULL').get(sha256)?.[
    'layout'
  ] ?? null) as string | null;

import { existsSync } from 'node:fs';
import type { TimeRange } from '../../domain/fetches/fetch.ts';
import type { CaseFolder } from '../case-folder.ts';
import { openRecords } from '../records/open-records.ts';
import { toIso } from '../records/record-time.ts';

export interface KnownActors {
  /** Who acted in sessions of the case: users' names and ids of applications, sorted. */
  readonly actors: readonly string[];
  /** First and last record; null without any. */
  readonly span: TimeRange | null;
}

export const knownActors = (folder: CaseFolder): KnownActors => {
  if (!existsSync(folder.records)) return { actors: [], span: null };
  const db = openRecords(folder.records);
  try {
    const actors = db
      .prepare('SELECT DISTINCT actor FROM contexts WHERE actor IS NOT NULL ORDER BY actor')
      .all()
      .map((row) => String(row['actor']));
    const span = db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
    return {
      actors,
      span:
        span?.['first'] == null
          ? null
          : { from: toIso(Number(span['first'])), to: toIso(Number(span['last'])) },
    };
  } finally {
    db.close();
  }
};

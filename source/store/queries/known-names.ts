import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { TimeRange } from '../../domain/fetches/fetch.ts';
import type { CaseFolder } from '../case-folder.ts';
import { openRecords } from '../records/open-records.ts';
import { toIso } from '../records/record-time.ts';

/** What records of the case say; `none` where there are no records. */
const fromRecords = <Answer>(
  folder: CaseFolder,
  none: Answer,
  ask: (db: DatabaseSync) => Answer,
): Answer => {
  if (!existsSync(folder.records)) return none;
  const db = openRecords(folder.records);
  try {
    return ask(db);
  } finally {
    db.close();
  }
};

/** The spellings of these addresses (normalised) in records of the case: with ports, in brackets. */
export const knownSpellings = (
  folder: CaseFolder,
  addresses: readonly string[],
): readonly string[] => {
  if (addresses.length === 0) return [];
  return fromRecords(folder, [], (db) => {
    const spelled = db.prepare(
      `SELECT DISTINCT r.raw_address AS raw FROM contexts c JOIN records r ON r.context = c.context
        WHERE c.address = ? AND r.raw_address IS NOT NULL ORDER BY raw`,
    );
    return addresses.flatMap((address) => spelled.all(address).map((row) => String(row['raw'])));
  });
};

/** GUIDs of mailboxes that records of the case show under one of these owners, without case. */
export const knownMailboxes = (
  folder: CaseFolder,
  owners: readonly string[],
): readonly string[] => {
  if (owners.length === 0) return [];
  const wanted = new Set(owners.map((owner) => owner.toLowerCase()));
  return fromRecords(folder, [], (db) =>
    db
      .prepare(
        `SELECT m.guid AS guid, o.name AS name FROM mailboxes m JOIN owners o ON o.owner = m.owner
          WHERE m.guid IS NOT NULL ORDER BY m.guid`,
      )
      .all()
      .filter((row) => wanted.has(String(row['name']).toLowerCase()))
      .map((row) => String(row['guid'])),
  );
};

export interface KnownActors {
  /** Who acted in sessions of the case: users' names and ids of applications, sorted. */
  readonly actors: readonly string[];
  /** First and last record; null without any. */
  readonly span: TimeRange | null;
}

export const knownActors = (folder: CaseFolder): KnownActors =>
  fromRecords<KnownActors>(folder, { actors: [], span: null }, (db) => {
    const actors = db
      .prepare('SELECT DISTINCT actor FROM contexts WHERE actor IS NOT NULL ORDER BY actor')
      .all()
      .map((row) => String(row['actor']));
    const row = db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
    const span =
      row?.['first'] == null
        ? null
        : { from: toIso(Number(row['first'])), to: toIso(Number(row['last'])) };
    return { actors, span };
  });

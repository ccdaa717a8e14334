import { existsSync } from 'node:fs';
import type { CaseFolder } from '../case-folder.ts';
import { openRecords } from '../records/open-records.ts';

/** GUIDs of mailboxes that records of the case show under one of these owners, without case. */
export const knownMailboxes = (
  folder: CaseFolder,
  owners: readonly string[],
): readonly string[] => {
  if (owners.length === 0 || !existsSync(folder.records)) return [];
  const wanted = new Set(owners.map((owner) => owner.toLowerCase()));
  const db = openRecords(folder.records);
  try {
    return db
      .prepare(
        `SELECT m.guid AS guid, o.name AS name FROM mailboxes m JOIN owners o ON o.owner = m.owner
          WHERE m.guid IS NOT NULL ORDER BY m.guid`,
      )
      .all()
      .filter((row) => wanted.has(String(row['name']).toLowerCase()))
      .map((row) => String(row['guid']));
  } finally {
    db.close();
  }
};

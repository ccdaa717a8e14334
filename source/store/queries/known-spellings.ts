import { existsSync } from 'node:fs';
import type { CaseFolder } from '../case-folder.ts';
import { openRecords } from '../records/open-records.ts';

/** The spellings of these addresses (normalised) in records of the case: with ports, in brackets. */
export const knownSpellings = (
  folder: CaseFolder,
  addresses: readonly string[],
): readonly string[] => {
  if (addresses.length === 0 || !existsSync(folder.records)) return [];
  const db = openRecords(folder.records);
  try {
    const spelled = db.prepare(
      `SELECT DISTINCT r.raw_address AS raw FROM contexts c JOIN records r ON r.context = c.context
        WHERE c.address = ? AND r.raw_address IS NOT NULL ORDER BY raw`,
    );
    return addresses.flatMap((address) => spelled.all(address).map((row) => String(row['raw'])));
  } finally {
    db.close();
  }
};

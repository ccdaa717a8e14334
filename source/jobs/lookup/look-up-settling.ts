import type { Lookup } from '../../domain/lookup.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { appendLookups } from '../../store/lookup-log.ts';
import { applyLookups } from '../../store/records/apply-lookups.ts';
import { openRecords } from '../../store/records/open-records.ts';
import { importLock } from '../import/run-import.ts';

/**
 * Notes how look-ups ended: in lookups.jsonl first, which is what counts; in records.db as soon as no
 * import holds it. `onWait`: one does.
 */
export const settleLookups = async (
  folder: CaseFolder,
  lookups: readonly Lookup[],
  signal: AbortSignal,
  onWait: () => void,
): Promise<void> => {
  if (lookups.length === 0) return;
  appendLookups(folder, lookups);
  const lock = importLock(folder, signal);
  let next = await lock.next();
  for (; next.done !== true; next = await lock.next()) onWait();
  using _hold = next.value;
  const db = openRecords(folder.records, 'write');
  try {
    applyLookups(folder, db);
  } finally {
    db.close();
  }
};

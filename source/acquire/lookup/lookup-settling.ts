import type { Lookup } from '../../domain/lookups/lookup.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { appendLookups } from '../../store/lookup-log.ts';
import { applyLookups } from '../../store/records/apply-lookups.ts';
import { openRecords } from '../../store/records/open-records.ts';
import { importLock } from '../../import/run-import.ts';

/** Lines made and written at once: a mailbox may have a hundred thousand messages. */
const AT_ONCE = 5000;

export interface Settling {
  readonly signal: AbortSignal;
  /** It is on the disk. */
  readonly noted: (lookup: Lookup) => void;
  /** An import holds records.db. */
  readonly onWait: () => void;
}

/**
 * Notes how lookups ended: in lookups.jsonl first, which is what counts; in records.db as soon as no
 * import holds it. `lookups` are made as they are written. false: there was none.
 */
export const settleLookups = async (
  folder: CaseFolder,
  lookups: Iterable<Lookup>,
  { signal, noted, onWait }: Settling,
): Promise<boolean> => {
  let some: Lookup[] = [];
  let any = false;
  const append = (): void => {
    appendLookups(folder, some);
    some.forEach(noted);
    some = [];
  };
  for (const lookup of lookups) {
    any = true;
    if (some.push(lookup) === AT_ONCE) append();
  }
  append();
  if (!any) return false;
  const lock = importLock(folder, signal);
  let next = await lock.next();
  for (; next.done !== true; next = await lock.next()) onWait();
  using _hold = next.value;
  const db = openRecords(folder.records, 'add');
  try {
    applyLookups(folder, db);
  } finally {
    db.close();
  }
  return true;
};

import { hashOf } from '../../../scripts/generator/random.ts';
import type { StoredRecord } from '../tenant-case.ts';

/** A piece of content: the records of some minutes, as they are stored. */
export interface ActivityContent {
  readonly id: string;
  /** Milliseconds since 1970; a minute or two after the last of its records. */
  readonly createdAt: number;
  readonly records: readonly StoredRecord[];
}

const MINUTES = 30;
const LATE = 2 * 60_000;

/** Exchange records in pieces of half an hour, oldest first. */
export const activityContents = (
  records: readonly StoredRecord[],
  seed: number,
): readonly ActivityContent[] => {
  const pieces = new Map<number, StoredRecord[]>();
  for (const record of records) {
    if (record.data['Workload'] !== 'Exchange') continue;
    const slot = Math.floor(record.at / (MINUTES * 60));
    const piece = pieces.get(slot);
    if (piece) piece.push(record);
    else pieces.set(slot, [record]);
  }
  return [...pieces]
    .sort(([one], [other]) => one - other)
    .map(([slot, list]) => {
      const createdAt = (list.at(-1)?.at ?? 0) * 1000 + LATE;
      const stamp = new Date(createdAt).toISOString().replaceAll(/\D/gu, '');
      const tail = hashOf(seed, 85, slot).toString(36);
      return { id: `${stamp}$audit_exchange$${tail}`, createdAt, records: list };
    });
};

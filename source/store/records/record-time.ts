import { damagedRecords } from '../../domain/disk-trouble.ts';

/** ISO (as `utcIso` gives it) to epoch milliseconds; the database keeps times as numbers. */
export const toMs = (iso: string): number => Date.parse(iso);

/**
 * Epoch milliseconds to ISO with Z, seconds, and a fraction only where there is one.
 * @throws Problem where that is no time: records.db is damaged.
 */
export const toIso = (ms: number): string => {
  const time = new Date(ms);
  if (Number.isNaN(time.getTime())) throw damagedRecords('a time in it is none');
  const text = time.toISOString();
  return ms % 1000 === 0 ? `${text.slice(0, 19)}Z` : `${text.slice(0, 23).replace(/0+$/, '')}Z`;
};

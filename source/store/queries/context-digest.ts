import type { SQLOutputValue } from 'node:sqlite';
import { digestText } from '../records/keys.ts';

const FIGURES = ['messages', 'operations', 'syncs', 'throttled', 'items_missing'] as const;

/** The columns of `contexts` that `contextDigest` reads. */
export const DIGEST_COLUMNS = ['digest_high', 'digest_low', ...FIGURES] as const;

/**
 * What a benign verdict holds for (`Context.digest`): which records, and how much they say. A fuller
 * reading of a record adds messages that nobody has judged, and no record.
 */
export const contextDigest = (row: Readonly<Record<string, SQLOutputValue>>): string => {
  const number = (name: string): number => Number(row[name] ?? 0);
  const ids = digestText(number('digest_high'), number('digest_low'));
  return [ids, ...FIGURES.map(number)].join('-');
};

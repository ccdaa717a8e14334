import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../domain/records/records-damage.ts';
import type { Warning } from '../domain/records/source.ts';
import type { Layout } from '../formats/format.ts';
import { undatedWarnings } from '../formats/dates/undated.ts';
import { layoutOf } from '../store/queries/source-layout.ts';
import { warningsOf } from '../store/records/source-counts.ts';
import { conflictWarnings } from './conflict-warnings.ts';

/** What is to be said of a source as a whole. `file`: what it is called there. */
export const fileWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => {
  const layout = layoutOf(db, sha256);
  return layout === null ? [] : undatedWarnings(storedJson(layout) as Layout, file);
};

/** All that is to be said of a source: first as a whole, then its unread rows, then those that contradict. */
export const sourceWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => [
  ...fileWarnings(db, sha256, file),
  ...warningsOf(db, sha256, file),
  ...conflictWarnings(db, sha256, file),
];

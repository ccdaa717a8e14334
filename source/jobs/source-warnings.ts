import type { DatabaseSync } from 'node:sqlite';
import type { Warning } from '../domain/source.ts';
import type { Layout } from '../formats/format.ts';
import { undatedWarnings } from '../formats/traces/undated.ts';
import { layoutOf } from '../store/queries/source-layout.ts';
import { warningsOf } from '../store/records/source-counts.ts';

/** What is to be said of a source as a whole. `file`: what it is called there. */
export const fileWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => {
  const layout = layoutOf(db, sha256);
  return layout === null ? [] : undatedWarnings(JSON.parse(layout) as Layout, file);
};

/** All that is to be said of a source: first as a whole, then row by row in the order of the file. */
export const sourceWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => [...fileWarnings(db, sha256, file), ...warningsOf(db, sha256, file)];

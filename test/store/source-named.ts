import type { Source } from '../../source/domain/records/source.ts';

/** An empty source with this id. */
export const sourceNamed = (id: string): Source => ({
  id,
  file: `${id}.csv`,
  sha256: id.padEnd(64, '0'),
  bytes: 0,
  kind: 'audit',
  format: 'purview-csv',
  container: null,
  importedAt: '2026-01-01T00:00:00Z',
  analyst: 'ana',
  kept: true,
  path: null,
  withdrawn: null,
  rows: 0,
  accepted: 0,
  sideEvents: 0,
  otherOperations: 0,
  duplicates: 0,
  conflicts: 0,
  damaged: 0,
});

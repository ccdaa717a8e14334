import type { Source, Warning } from '../../domain/records/source.ts';

/** `mia.import/1` sources[], keys in the order of the contract; what we add comes after. */
export const sourceJson = (source: Source) => ({
  id: source.id,
  file: source.file,
  sha256: source.sha256,
  kind: source.kind,
  format: source.format,
  rows: source.rows,
  accepted: source.accepted,
  otherOperations: source.otherOperations,
  duplicates: source.duplicates,
  conflicts: source.conflicts,
  damaged: source.damaged,
  bytes: source.bytes,
  container:
    source.container === null
      ? null
      : { file: source.container.file, sha256: source.container.sha256 },
  importedAt: source.importedAt,
  analyst: source.analyst,
  kept: source.kept,
  origin: source.origin ?? 'given',
  withdrawn:
    source.withdrawn === null
      ? null
      : {
          at: source.withdrawn.at,
          analyst: source.withdrawn.analyst,
          because: source.withdrawn.because,
        },
});

/** `mia.import/1` warnings[]. */
export const warningJson = (warning: Warning) => ({
  file: warning.file,
  line: warning.line,
  reason: warning.reason,
});

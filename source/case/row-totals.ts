import type { Source } from '../domain/records/source.ts';
import type { Overview } from './case-service.ts';

/** Rows of the sources that are in the case, by what they are about. */
export const rowTotals = (
  sources: readonly Source[],
): Pick<Overview, 'rows' | 'traceRows' | 'signInRows'> => {
  const total = (of: (source: Source) => number, kind: Source['kind'] = 'audit'): number =>
    sources.reduce(
      (sum, source) => sum + (source.withdrawn === null && source.kind === kind ? of(source) : 0),
      0,
    );
  return {
    traceRows: {
      rows: total((source) => source.rows, 'trace'),
      accepted: total((source) => source.accepted, 'trace'),
      damaged: total((source) => source.damaged, 'trace'),
    },
    signInRows: {
      rows: total((source) => source.rows, 'signIns'),
      accepted: total((source) => source.accepted, 'signIns'),
      conflicts: total((source) => source.conflicts, 'signIns'),
      damaged: total((source) => source.damaged, 'signIns'),
    },
    rows: {
      damaged: total((source) => source.damaged),
      conflicts: total((source) => source.conflicts),
      duplicates: total((source) => source.duplicates),
      otherOperations: total((source) => source.otherOperations),
      accepted: total((source) => source.accepted),
    },
  };
};

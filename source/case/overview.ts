import type { Summary } from '../domain/exposure/exposure.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { Source } from '../domain/records/source.ts';
import { windowOf } from '../domain/verdicts/mailbox-decisions.ts';
import type { CaseStore } from '../store/case-store.ts';
import { caseSpan } from '../store/queries/session-figures.ts';
import { toIso } from '../store/records/record-time.ts';

export interface Overview {
  readonly version: number;
  readonly title: string;
  readonly analyst: string;
  readonly folder: string;
  /** Why nothing can be marked or imported, in words; null: it can. */
  readonly readOnly: string | null;
  readonly summary: Summary;
  readonly sources: readonly Source[];
  /** What can be said for each fetch from a tenant, in the order in which they began. */
  readonly fetches: readonly FetchStatement[];
  /** The same for lookups, in the order in which they ended. */
  readonly lookups: readonly PastLookup[];
  /** First and last record of the case, null in an empty one. */
  readonly span: { readonly from: string; readonly to: string } | null;
  readonly window: { readonly from: string | null; readonly to: string | null } | null;
  /** Rows of traces; what is neither accepted nor damaged came more than once. */
  readonly traceRows: {
    readonly rows: number;
    readonly accepted: number;
    readonly damaged: number;
  };
  /** Rows of sign-in logs; what is none of the others came more than once. */
  readonly signInRows: {
    readonly rows: number;
    readonly accepted: number;
    readonly conflicts: number;
    readonly damaged: number;
  };
  /** Rows of audit logs by outcome. */
  readonly rows: {
    readonly damaged: number;
    readonly conflicts: number;
    readonly duplicates: number;
    readonly otherOperations: number;
    readonly sideEvents: number;
    readonly accepted: number;
  };
}

/** Rows of the sources that are in the case, by what they are about. */
const rowTotals = (
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
      sideEvents: total((source) => source.sideEvents),
      accepted: total((source) => source.accepted),
    },
  };
};

/** What a case says of itself beside its exposure; the case must be refreshed. */
export const overviewOf = (store: CaseStore): Omit<Overview, 'analyst' | 'folder' | 'summary'> => {
  const { caseFile, db, state, version } = store;
  const span = caseSpan(db);
  return {
    version,
    readOnly: store.folder.readOnly,
    title: caseFile.title,
    sources: caseFile.sources,
    fetches: caseFile.fetches,
    lookups: caseFile.lookUps,
    span: span === null ? null : { from: toIso(span.from), to: toIso(span.to) },
    window: windowOf(state, null),
    ...rowTotals(caseFile.sources),
  };
};

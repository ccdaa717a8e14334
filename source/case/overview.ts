import { windowOf } from '../domain/verdicts/mailbox-decisions.ts';
import type { CaseStore } from '../store/case-store.ts';
import { toIso } from '../store/records/record-time.ts';
import type { Overview } from './case-service.ts';
import { rowTotals } from './row-totals.ts';

/** What a case says of itself beside its exposure; the case must be refreshed. */
export const overviewOf = (open: CaseStore): Omit<Overview, 'analyst' | 'folder' | 'summary'> => {
  const { caseFile, db, state, version } = open;
  const span = db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
  return {
    version,
    readOnly: open.folder.readOnly,
    title: caseFile.title,
    sources: caseFile.sources,
    fetches: caseFile.fetches,
    lookups: caseFile.lookUps,
    span:
      span?.['first'] == null
        ? null
        : { from: toIso(Number(span['first'])), to: toIso(Number(span['last'])) },
    window: windowOf(state, null),
    ...rowTotals(caseFile.sources),
  };
};

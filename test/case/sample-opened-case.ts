import type { CaseToExport } from '../../source/case/export/export-case.ts';
import { sampleCase, sampleMessage } from '../exports/sample-case.ts';

const notAsked = (): never => {
  throw new Error('an export asks nothing of this kind');
};

/** A case made of plain data, for what only reads and writes files. */
export const sampleOpenedCase = (): CaseToExport => {
  const sample = sampleCase();
  return {
    folder: '/nowhere',
    overview: () => ({
      version: 1,
      title: sample.title,
      analyst: sample.analyst,
      notices: [],
      folder: '/nowhere',
      readOnly: null,
      summary: sample.summary,
      sources: sample.sources,
      fetches: sample.fetches,
      lookups: sample.lookups,
      span: null,
      window: sample.window,
      traceRows: { rows: 0, accepted: 0, damaged: 0 },
      signInRows: { rows: 0, accepted: 0, conflicts: 0, damaged: 0 },
      rows: {
        damaged: 0,
        conflicts: 0,
        duplicates: 0,
        otherOperations: 0,
        sideEvents: 0,
        accepted: 3,
      },
    }),
    sessions: sample.sessions,
    messages: () => [...sample.messages(), sampleMessage({ class: 'open', itemId: 'open-one' })],
    sources: () => sample.sources,
    fetches: () => sample.fetches,
    lookups: () => sample.lookups,
    decisions: () => sample.decisions,
    ownDomains: () => sample.ownDomains,
    scope: notAsked,
  };
};

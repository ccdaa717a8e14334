import type { Case } from '../../source/case/case.ts';
import { sampleCase, sampleMessage } from '../exports/sample-case.ts';

const notAsked = (): never => {
  throw new Error('an export asks nothing of this kind');
};

/** A case made of plain data, for what only reads and writes files. */
export const sampleOpenedCase = (): Case => {
  const sample = sampleCase();
  return {
    notices: [],
    readOnly: null,
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
      rows: { damaged: 0, conflicts: 0, duplicates: 0, otherOperations: 0, accepted: 3 },
    }),
    sessions: sample.sessions,
    messages: () => [...sample.messages(), sampleMessage({ class: 'open', itemId: 'open-one' })],
    summary: () => sample.summary,
    sources: () => sample.sources,
    fetches: () => sample.fetches,
    lookups: () => sample.lookups,
    decisions: () => sample.decisions,
    ownDomains: () => sample.ownDomains,
    warnings: notAsked,
    fileWarnings: notAsked,
    messageKeys: notAsked,
    previewMark: notAsked,
    resolveKeys: notAsked,
    mark: notAsked,
    contexts: notAsked,
    matches: notAsked,
    mailboxes: notAsked,
    scope: notAsked,
    undo: notAsked,
    redo: notAsked,
    setWindow: notAsked,
    rebutGap: notAsked,
    rebutSync: notAsked,
    contain: notAsked,
    traces: notAsked,
    withdraw: notAsked,
    verify: notAsked,
    affirm: notAsked,
    close: notAsked,
  };
};

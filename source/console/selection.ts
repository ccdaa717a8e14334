import type { Selection } from './state.ts';
import { many } from './words/figures.ts';

export const NOTHING_SELECTED: Selection = {
  sessions: new Set(),
  contexts: new Map(),
  groups: new Set(),
  seen: new Map(),
};

/** What a mark of the selection is about, in words. */
export const selectionInWords = ({ sessions, contexts }: Selection): string =>
  [
    sessions.size > 0 ? many(sessions.size, 'session') : '',
    contexts.size > 0 ? many(contexts.size, 'context') : '',
  ]
    .filter((part) => part !== '')
    .join(' and ');

/** The selection with what was shown of rows that it takes in. */
export const withRecordsShown = (
  { seen }: Selection,
  rows: readonly { readonly key: string; readonly records: number }[],
): ReadonlyMap<string, number> =>
  new Map([...seen, ...rows.map(({ key, records }) => [key, records] as const)]);

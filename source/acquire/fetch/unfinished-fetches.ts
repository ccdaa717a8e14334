import type { FetchAsked } from '../../domain/fetches/fetch.ts';
import { existingCase } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { taskFolders } from '../../store/task-folder.ts';
import { type FetchState, readFetchState } from './fetch-state.ts';

/** Fetches of a case that have not ended, the oldest first. */
export const unfinishedStates = (folder: CaseFolder): readonly FetchState[] =>
  taskFolders(folder)
    .flatMap((one) => readFetchState(one) ?? [])
    .filter(({ endedAt }) => endedAt === null)
    .sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1));

/** A fetch that was begun and has not ended: for whoever opens the case. */
export interface UnfinishedFetch {
  readonly id: string;
  readonly startedAt: string;
  readonly asked: FetchAsked;
  readonly queries: { readonly done: number; readonly all: number };
}

/** Empty where there is no case. `folder`: the case folder. */
export const unfinishedFetches = (folder: string): readonly UnfinishedFetch[] => {
  const found = existingCase(folder);
  if (found === null) return [];
  return unfinishedStates(found).map(({ id, startedAt, asked, queries }) => ({
    id,
    startedAt,
    asked,
    queries: {
      done: queries.filter(({ outcome }) => outcome !== 'open').length,
      all: queries.length,
    },
  }));
};

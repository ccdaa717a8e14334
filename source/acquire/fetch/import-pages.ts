import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { Problem } from '../../domain/problem.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import { importPieces, type Piece } from '../../import/import-pieces.ts';
import type { FetchWork } from './fetch-work.ts';

/**
 * Imports pages, while they come, as one source called `file`; null: no page has a record. Nothing
 * of it is in the case when this throws, and all pages are still on the disk.
 */
export const importPages = (
  work: FetchWork,
  file: string,
  pages: AsyncGenerator<Piece>,
): Promise<ImportedSource | null> =>
  importPieces(
    {
      ...{ folder: work.folder.path, file, analyst: work.store.state.analyst },
      ...{ signal: work.signal, tell: work.tell },
      onWait: () => work.reporter.say('otherImport'),
      refusal: (problem) =>
        new Problem(
          `The pages that were fetched could not be read into the case: ${problem}`,
          'They are kept. Resume with mia fetch --resume.',
        ),
    },
    pages,
  );

/** Rows of these sources that could not be read. */
export const damagedIn = (folder: CaseFolder, sources: readonly string[]): number => {
  const own = new Set(sources);
  return readCaseFile(folder).sources.reduce(
    (sum, { sha256, damaged }) => sum + (own.has(sha256) ? damaged : 0),
    0,
  );
};

/**
 * Records that the case holds because of these sources of a fetch first. A source that an earlier
 * fetch made, byte for byte the same, brought nothing new.
 */
export const newRecordsOf = (
  work: Pick<FetchWork, 'folder'>,
  fetch: string,
  sources: readonly (string | null)[],
): number => {
  const { fetches, sources: all } = readCaseFile(work.folder);
  const place = fetches.findIndex(({ id }) => id === fetch);
  const earlier = place < 0 ? fetches : fetches.slice(0, place);
  const had = new Set(earlier.flatMap(({ queries }) => queries.map(({ source }) => source)));
  return all
    .filter(({ sha256, withdrawn }) => withdrawn === null && sources.includes(sha256))
    .filter(({ id }) => !had.has(id))
    .reduce((sum, { accepted }) => sum + accepted, 0);
};

import { readCaseFile } from '../../store/case-file.ts';
import { Problem } from '../../domain/problem.ts';
import type { ImportedSource, ImportEvent } from '../import-events.ts';
import { importPaths } from '../import-paths.ts';
import type { FetchWork } from './fetch-work.ts';
import type { ReadPage } from './query-pages.ts';

/** Pages up to the first with a record: an import can't tell what an empty page is. */
const lookForRecords = async (
  pages: AsyncGenerator<ReadPage>,
): Promise<readonly Uint8Array[] | null> => {
  const held: Uint8Array[] = [];
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return null;
    held.push(next.value.body);
    if (next.value.records > 0) return held;
  }
};

/** Follows the import; what it says of its rows goes on to whoever listens. */
const followImport = async (
  { tell, teller }: FetchWork,
  events: AsyncIterable<ImportEvent>,
): Promise<ImportedSource | null> => {
  let source: ImportedSource | null = null;
  for await (const event of events)
    switch (event.event) {
      case 'source':
        source = event.source;
        break;
      case 'arrived':
        tell({ event: 'arrived' });
        break;
      case 'waiting':
        teller.say('otherImport');
        break;
      case 'note':
        tell({ event: 'note', text: `${event.file}: ${event.text}` });
        break;
      case 'refused':
      case 'failed':
        throw new Problem(
          `The pages that were fetched could not be read into the case: ${event.problem}`,
          'They are kept. Resume with mia fetch --resume.',
        );
      case 'progress':
      case 'finished':
      case 'cancelled':
        break;
    }
  return source;
};

/**
 * Imports pages, while they come, as one source called `file`; null: no page has a record. Nothing
 * of it is in the case when this throws, and all pages are still on the disk.
 */
export const importPages = async (
  work: FetchWork,
  file: string,
  pages: AsyncGenerator<ReadPage>,
): Promise<ImportedSource | null> => {
  const held = await lookForRecords(pages);
  if (held === null) return null;
  const control = new AbortController();
  const abort = (): void => control.abort(work.signal.reason);
  let failure: { readonly error: unknown } | null = null;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* held;
      for await (const { body } of pages) yield body;
    } catch (error) {
      failure = { error };
      // The import must end without a source: what it was given is not all.
      control.abort(error);
    }
  };
  work.signal.addEventListener('abort', abort, { once: true });
  try {
    const events = importPaths({
      folder: work.folder.path,
      paths: ['-'],
      stdin: content(),
      stdinName: file,
      keep: true,
      analyst: work.keeper.state.analyst,
      origin: 'fetched',
      signal: control.signal,
    });
    const source = await followImport(work, events);
    const failed = failure as { readonly error: unknown } | null;
    if (failed !== null) throw failed.error;
    work.signal.throwIfAborted();
    if (source === null) throw new Error('An import ended without a source or a reason.');
    return source;
  } finally {
    work.signal.removeEventListener('abort', abort);
  }
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

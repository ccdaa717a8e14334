import type { TaskFolder } from '../../store/task-folder.ts';
import { sha256OfBytes } from '../../store/sha256.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import { type FetchWork, noted } from './fetch-work.ts';

/** A page among those of its query. */
export interface PagePosition {
  /** Name of the query in the tenant. */
  readonly query: string;
  readonly pass: number;
  /** From 1. */
  readonly number: number;
}

/** A page that was kept, as the manifest names it. */
export interface SavedPage extends PagePosition {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Of the Management Activity API. */
  readonly contentId: string | null;
}

/** Pages that the manifest names for a query, in the order in which they came. */
export const savedPages = (folder: TaskFolder, query: string): readonly SavedPage[] => {
  const pages = new Map<string, SavedPage>();
  for (const line of folder.manifest()) {
    const { file, sha256, pass, number, bytes, contentId } = line;
    if (line['query'] !== query || typeof file !== 'string' || typeof sha256 !== 'string') continue;
    if (typeof pass !== 'number' || typeof number !== 'number' || typeof bytes !== 'number')
      continue;
    const content = typeof contentId === 'string' ? contentId : null;
    // Asked for again where the first was noted and never got to the disk: the later one counts.
    pages.set(file, { query, pass, number, file, sha256, bytes, contentId: content });
  }
  return [...pages.values()];
};

/** Passes of a query that could not be walked to their end. */
export const cutPasses = (folder: TaskFolder, query: string): ReadonlySet<number> =>
  new Set(
    folder
      .manifest()
      .filter((line) => line['entry'] === 'cut' && line['query'] === query)
      .map((line) => Number(line['pass'])),
  );

/**
 * Asks for a page and keeps it, byte for byte, before anybody reads it. The manifest comes first: a
 * page it does not name does not exist, and one it names but the disk lacks is asked for again.
 */
export const askAndSave = async (
  work: FetchWork,
  { query, pass, number }: PagePosition,
  file: string,
  ask: () => Promise<TenantAnswer>,
  contentId: string | null = null,
): Promise<{ readonly page: SavedPage; readonly body: Uint8Array }> => {
  const asked = async (): Promise<{ readonly answer: TenantAnswer; readonly page: SavedPage }> => {
    const answer = await ask();
    const { body } = answer;
    const [sha256, bytes] = [sha256OfBytes(body), body.length];
    return { answer, page: { query, pass, number, file, sha256, bytes, contentId } };
  };
  const about = ({ page: { contentId: content, ...page } }: { readonly page: SavedPage }) =>
    content === null ? page : { ...page, contentId: content };
  const { answer, page } = await noted(work, asked, (one) => one.answer, about);
  const { body } = answer;
  work.store.folder.keepPage(file, body);
  return { page, body };
};

import type { TimeRange } from '../../domain/fetches/fetch.ts';
import { Problem } from '../../domain/problem.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import { importPieces, type Piece } from '../../import/import-pieces.ts';
import type { QueryState } from '../../store/fetch-state.ts';
import {
  aroundBreak,
  askedBy,
  filterWords,
  halves,
  mayBeCutOff,
} from '../../tenant/audit-search/query-plan.ts';
import type { QueryChange } from './fetch-store.ts';
import type { FetchWork } from './fetch-work.ts';
import { newCounters, type QueryCounters } from './query-counters.ts';
import { recordsUnder } from './holes-of-fetch.ts';

/** A query of sign-ins is halved so often: thirty days become hours. */
const MOST_NARROWED = 8;

/** What is known to replace a query: the same, in narrower windows. null: there are none. */
const narrower = (
  { filter }: QueryState,
  windows: readonly TimeRange[] | null,
): QueryChange['more'] => (windows ?? []).map(({ from, to }) => ({ filter, from, to }));

/** The tenant cut the query off: nothing of it is read, its halves ask for all (`tenant.md` 1.3). */
export const splitQuery = ({ store, note }: FetchWork, index: number): void => {
  const query = store.query(index);
  const windows = halves(query);
  store.changeQueries([{ index, part: { outcome: 'split' }, more: narrower(query, windows) }]);
  note(
    windows === null
      ? `More records than one query gives, in the shortest window there is: ${query.from} to ${query.to}.`
      : `"${query.name}" holds more records than one query gives; it is asked in two halves.`,
  );
};

/** Where each page lies in the evidence of the source; `offset`: where the first of them begins. */
const keptLine = (
  query: string,
  source: ImportedSource,
  { kept }: QueryCounters,
  offset: number,
): object => {
  let at = offset;
  const pages = kept.map(({ file, sha256, bytes }) => {
    const page = { file, offset: at, bytes, sha256 };
    at += bytes;
    return page;
  });
  return { entry: 'kept', query, source: source.sha256, pages };
};

const bytesOf = ({ kept }: QueryCounters): number =>
  kept.reduce((sum, { bytes }) => sum + bytes, 0);

/** Asked once more when the fetch goes on; where the tenant has made the query already, by its pages alone. */
const sameAgain = (query: QueryState): QueryChange['more'][number] => {
  const { filter, from, to, id, sent, since, status, made, limitExceeded, announced } = query;
  return { filter, from, to, id, sent, since, status, made, limitExceeded, announced };
};

/** How often a query was narrowed until it came to this one. */
const depthOf = ({ store }: FetchWork, index: number): number => {
  let depth = 0;
  for (let at = store.query(index).parent; at !== null; at = store.query(at).parent) depth += 1;
  return depth;
};

/** Windows that ask for what broke; null: there are none, or none that would bring more. */
const windowsAround = (
  work: FetchWork,
  { index, counters }: ReadQuery,
): readonly TimeRange[] | null => {
  const { api } = work.store.state;
  // The activity feed knows no narrower question; of a user's sign-ins hours are narrow enough.
  if (api === 'activity' || (api === 'signIns' && depthOf(work, index) >= MOST_NARROWED))
    return null;
  return aroundBreak(work.store.query(index), counters.order.last);
};

/** So many queries, one within the other, may bring no record before it is given up. */
const NESTED = 3;

/**
 * Whether a broken query is not worth asking more narrowly: neither it nor the queries it lies in, nor
 * any other within those, brought a record. A proxy that answers in the tenant's index would have
 * windows halved down to a minute otherwise, and a tenant takes some 200 queries a day.
 */
const isHopeless = ({ store }: FetchWork, index: number, records: number): boolean => {
  let top: number | null = index;
  for (let level = 1; level < NESTED && top !== null; level += 1) top = store.query(top).parent;
  return top !== null && records + recordsUnder(store.state.queries, top) === 0;
};

/** A query and what was read of it. */
export interface ReadQuery {
  readonly index: number;
  readonly counters: QueryCounters;
  /** Why a page of it could not be had, after others had come. */
  refused: Problem | null;
}

/** How a query ended, what is asked in its place, and what is to be said to it. */
interface QueryEnd extends Pick<QueryChange, 'part' | 'more'> {
  readonly text?: string;
}

/** Of one of which a page broke. */
const endOfBroken = (work: FetchWork, read: ReadQuery, records: number): QueryEnd => {
  const query = work.store.query(read.index);
  const period = `${query.from} to ${query.to}`;
  if (isHopeless(work, read.index, records))
    return {
      part: { outcome: 'unreadable' },
      more: [],
      text: `Of ${NESTED} queries, one within the other, no record could be read; it is not asked more narrowly: ${period}.`,
    };
  const windows = windowsAround(work, read);
  const text =
    windows === null
      ? `Not all could be had, and it cannot be asked for more narrowly: ${period}.`
      : `A page of "${query.name}" is broken in the tenant; what could be read is kept, narrower queries ask for the rest.`;
  return { part: { outcome: 'spoiled' }, more: narrower(query, windows), text };
};

const endOf = (work: FetchWork, read: ReadQuery, records: number): QueryEnd => {
  const { counters, refused } = read;
  const query = work.store.query(read.index);
  if (refused !== null) {
    const rest = { ...counters.order.rest(query), said: refused.message };
    return {
      part: { outcome: 'refused', refused: rest },
      more: [sameAgain(query)],
      text: `Not all of "${query.name}" could be had: ${refused.message} What came is in the case; mia fetch --resume asks for the rest.`,
    };
  }
  if (counters.spoiled) return endOfBroken(work, read, records);
  if (work.store.state.api === 'search' && mayBeCutOff(query.limitExceeded, records))
    return {
      part: { outcome: 'split' },
      more: narrower(query, halves(query)),
      text: `"${query.name}" gave as many records as one query may, and the tenant does not say whether these are all; it is asked in two halves.`,
    };
  return { part: { outcome: 'done' }, more: [] };
};

const settled = (work: FetchWork, read: ReadQuery, source: string | null): QueryChange => {
  const { index, counters } = read;
  const records = counters.ids.size + counters.nameless;
  const { part, more, text } = endOf(work, read, records);
  if (text !== undefined) work.note(text);
  const known = {
    passes: counters.passes,
    records,
    hours: [...counters.hours].sort((one, other) => one - other),
    source,
    matching: counters.addresses.size === 0 ? null : counters.matching.size,
    ...(work.store.state.api === 'signIns' ? { status: 'read' } : {}),
  };
  return { index, part: { ...known, ...part }, more };
};

/** Pages up to one that cannot be had: those before it are for the case, where they have records. */
const untilRefused = async function* (
  pages: AsyncGenerator<Piece>,
  read: ReadQuery,
): AsyncGenerator<Piece> {
  let rows = 0;
  try {
    for await (const page of pages) {
      rows += page.rows;
      yield page;
    }
  } catch (error) {
    if (!(error instanceof Problem) || rows === 0) throw error;
    read.refused = error;
  }
};

/**
 * Imports pages, while they come, as one source called `file`; null: no page has a record. Nothing
 * of it is in the case when this throws, and all pages are still on the disk.
 */
const importPages = (
  { folder, store, signal, emit, reporter }: FetchWork,
  file: string,
  pages: AsyncGenerator<Piece>,
): Promise<ImportedSource | null> =>
  importPieces(
    {
      ...{ folder: folder.path, file, analyst: store.state.analyst, signal, emit },
      onWait: () => reporter.say('otherImport'),
      refusal: (problem) =>
        new Problem(
          `The pages that were fetched could not be read into the case: ${problem}`,
          'They are kept. Resume with mia fetch --resume.',
        ),
    },
    pages,
  );

/**
 * Reads the pages of queries into the case as one source called `file`, and notes what came of each.
 * The counters may be filled while the pages are read; those of one query come together, in this order.
 */
export const takeQueries = async (
  work: FetchWork,
  file: string,
  queries: readonly ReadQuery[],
  pages: AsyncGenerator<Piece>,
): Promise<void> => {
  work.reporter.say('reading');
  const source = await importPages(work, file, pages);
  if (source !== null) {
    work.emit({ event: 'source', source });
    let offset = 0;
    const lines = queries.map(({ index, counters }) => {
      const line = keptLine(work.store.query(index).name, source, counters, offset);
      offset += bytesOf(counters);
      return line;
    });
    work.store.note(lines);
  }
  const sha256 = source?.sha256 ?? null;
  work.store.changeQueries(queries.map((query) => settled(work, query, sha256)));
  if (source !== null) for (const { index } of queries) work.store.dropPagesOf(index);
};

/**
 * Reads all pages of a query into the case and notes what came of it.
 * @throws Problem: a page could not be had; what came before it is in the case, or still on the disk.
 */
export const takeQuery = async (
  work: FetchWork,
  index: number,
  pagesInto: (counters: QueryCounters) => AsyncGenerator<Piece>,
): Promise<void> => {
  const { filter } = work.store.query(index);
  const read: ReadQuery = {
    index,
    counters: newCounters(askedBy(filter).addresses),
    refused: null,
  };
  const file = `fetch ${work.store.state.id}/${index + 1} ${filterWords(filter)}`;
  await takeQueries(work, file, [read], untilRefused(pagesInto(read.counters), read));
  if (read.refused !== null) throw read.refused;
};

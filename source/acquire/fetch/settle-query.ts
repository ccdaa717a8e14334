import { Problem } from '../../domain/problem.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import {
  aroundBreak,
  askedBy,
  filterWords,
  halves,
  mayBeCutOff,
  type PlannedQuery,
} from '../../tenant/audit-search/query-plan.ts';
import type { QueryChange, QueryOutcome, QueryState } from './fetch-state.ts';
import type { FetchWork } from './fetch-work.ts';
import { importPages } from './import-pages.ts';
import type { Piece } from '../../import/import-pieces.ts';
import { newCounters, type QueryCounters } from './query-pages.ts';
import { recordsUnder } from './holes-of-fetch.ts';
import { savedPages } from './saved-pages.ts';

/** A query of sign-ins is halved so often: thirty days become hours. */
const MOST_NARROWED = 8;

/** What the narrower windows of a query ask, as queries. */
const narrower = (
  work: FetchWork,
  place: number,
  windows: readonly { readonly from: string; readonly to: string }[] | null,
): readonly PlannedQuery[] => {
  const { filter } = work.store.query(place);
  return (windows ?? []).map(({ from, to }) => ({ filter, from, to }));
};

/** The tenant cut the query off: nothing of it is read, its halves ask for all (`tenant.md` 1.3). */
export const splitQuery = (work: FetchWork, place: number): void => {
  const query = work.store.query(place);
  const windows = halves(query);
  work.store.changeQuery(place, { outcome: 'split' }, narrower(work, place, windows));
  work.tell({
    event: 'note',
    text:
      windows === null
        ? `More records than one query gives, in the shortest window there is: ${query.from} to ${query.to}.`
        : `"${query.name}" holds more records than one query gives; it is asked in two halves.`,
  });
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

/** Takes the pages away that are evidence now, and those that brought nothing; their hashes stay. */
export const dropPagesOf = (work: FetchWork, place: number): void => {
  const { folder } = work.store;
  const pages = savedPages(folder, work.store.query(place).name);
  folder.dropPages(pages.map(({ file }) => file));
};

/** Asked once more when the fetch goes on; where the tenant has made the query already, by its pages alone. */
const sameAgain = (query: QueryState): QueryChange['more'][number] => {
  const { filter, from, to, id, sent, since, status, made, limitExceeded, announced } = query;
  return { filter, from, to, id, sent, since, status, made, limitExceeded, announced };
};

/** How often a query was narrowed until it came to this one. */
const depthOf = ({ store }: FetchWork, place: number): number => {
  let depth = 0;
  for (let at = store.query(place).parent; at !== null; at = store.query(at).parent) depth += 1;
  return depth;
};

/** Windows that ask for what broke; null: there are none, or none that would bring more. */
const windowsAround = (
  work: FetchWork,
  { place, counters }: ReadQuery,
): readonly { readonly from: string; readonly to: string }[] | null => {
  const { api } = work.store.state;
  // The activity feed knows no narrower question; of a user's sign-ins hours are narrow enough.
  if (api === 'activity' || (api === 'signIns' && depthOf(work, place) >= MOST_NARROWED))
    return null;
  return aroundBreak(work.store.query(place), counters.order.last);
};

/** So many queries, one within the other, may bring no record before it is given up. */
const NESTED = 3;

/**
 * Whether a broken query is not worth asking more narrowly: neither it nor the queries it lies in, nor
 * any other within those, brought a record. A proxy that answers in the tenant's place would have
 * windows halved down to a minute otherwise, and a tenant takes some 200 queries a day.
 */
const isHopeless = ({ store }: FetchWork, place: number, records: number): boolean => {
  let top: number | null = place;
  for (let level = 1; level < NESTED && top !== null; level += 1) top = store.query(top).parent;
  return top !== null && records + recordsUnder(store.state.queries, top) === 0;
};

/** What becomes of a query that broke, what narrower queries ask, and a word to it. */
const afterBreak = (
  work: FetchWork,
  read: ReadQuery,
  records: number,
): {
  readonly outcome: QueryOutcome;
  readonly more: QueryChange['more'];
  readonly text: string;
} => {
  const query = work.store.query(read.place);
  const period = `${query.from} to ${query.to}`;
  if (isHopeless(work, read.place, records))
    return {
      outcome: 'unreadable',
      more: [],
      text: `Of ${NESTED} queries, one within the other, no record could be read; it is not asked more narrowly: ${period}.`,
    };
  const windows = windowsAround(work, read);
  const text =
    windows === null
      ? `Not all could be had, and it cannot be asked for more narrowly: ${period}.`
      : `A page of "${query.name}" is broken in the tenant; what could be read is kept, narrower queries ask for the rest.`;
  return { outcome: 'spoiled', more: narrower(work, read.place, windows), text };
};

const settled = (
  work: FetchWork,
  { place, counters, refused }: ReadQuery,
  source: string | null,
): QueryChange => {
  const query = work.store.query(place);
  const records = counters.ids.size + counters.nameless;
  const { api } = work.store.state;
  const part = {
    passes: counters.passes,
    records,
    hours: [...counters.hours].sort((one, other) => one - other),
    source,
    matching: counters.addresses.size === 0 ? null : counters.matching.size,
    ...(api === 'signIns' ? { status: 'read' } : {}),
  };
  if (refused !== null) {
    work.tell({
      event: 'note',
      text: `Not all of "${query.name}" could be had: ${refused.message} What came is in the case; mia fetch --resume asks for the rest.`,
    });
    const rest = { ...counters.order.rest(query), said: refused.message };
    return {
      place,
      part: { ...part, outcome: 'refused', refused: rest },
      more: [sameAgain(query)],
    };
  }
  if (!counters.spoiled && api === 'search' && mayBeCutOff(query.limitExceeded, records)) {
    work.tell({
      event: 'note',
      text: `"${query.name}" gave as many records as one query may, and the tenant does not say whether these are all; it is asked in two halves.`,
    });
    return {
      place,
      part: { ...part, outcome: 'split' },
      more: narrower(work, place, halves(query)),
    };
  }
  if (!counters.spoiled) return { place, part: { ...part, outcome: 'done' }, more: [] };
  const { outcome, more, text } = afterBreak(work, { place, counters, refused }, records);
  work.tell({ event: 'note', text });
  return { place, part: { ...part, outcome }, more };
};

/** A query and what was read of it. */
export interface ReadQuery {
  readonly place: number;
  readonly counters: QueryCounters;
  /** Why a page of it could not be had, after others had come. */
  refused: Problem | null;
}

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
 * Reads the pages of queries into the case as one source called `file`, and notes what came of each.
 * The tallies may be filled while the pages are read; those of one query come together, in this order.
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
    work.tell({ event: 'source', source });
    let offset = 0;
    const lines = queries.map(({ place, counters }) => {
      const line = keptLine(work.store.query(place).name, source, counters, offset);
      offset += bytesOf(counters);
      return line;
    });
    work.store.folder.note(lines);
  }
  const sha256 = source?.sha256 ?? null;
  work.store.changeQueries(queries.map((query) => settled(work, query, sha256)));
  if (source !== null) for (const { place } of queries) dropPagesOf(work, place);
};

/**
 * Reads all pages of a query into the case and notes what came of it.
 * @throws Problem: a page could not be had; what came before it is in the case, or still on the disk.
 */
export const takeQuery = async (
  work: FetchWork,
  place: number,
  pagesInto: (counters: QueryCounters) => AsyncGenerator<Piece>,
): Promise<void> => {
  const { filter } = work.store.query(place);
  const read: ReadQuery = {
    place,
    counters: newCounters(askedBy(filter).addresses),
    refused: null,
  };
  const file = `fetch ${work.store.state.id}/${place + 1} ${filterWords(filter)}`;
  await takeQueries(work, file, [read], untilRefused(pagesInto(read.counters), read));
  if (read.refused !== null) throw read.refused;
};

import type { ImportedSource } from '../import-events.ts';
import {
  aroundBreak,
  filterWords,
  halves,
  type PlannedQuery,
} from '../../tenant/audit-search/query-plan.ts';
import type { FetchWork } from './fetch-work.ts';
import { importPages } from './import-pages.ts';
import { newTally, type QueryTally, type ReadPage } from './query-pages.ts';
import { savedPages } from './saved-pages.ts';

/** What the narrower windows of a query ask, as queries. */
const narrower = (
  work: FetchWork,
  place: number,
  windows: readonly { readonly from: string; readonly to: string }[] | null,
): readonly PlannedQuery[] => {
  const { filter } = work.keeper.query(place);
  return (windows ?? []).map(({ from, to }) => ({ filter, from, to }));
};

/** The tenant cut the query off: nothing of it is read, its halves ask for all (`tenant.md` 1.3). */
export const splitQuery = (work: FetchWork, place: number): void => {
  const query = work.keeper.query(place);
  const windows = halves(query);
  work.keeper.changeQuery(place, { outcome: 'split' }, narrower(work, place, windows));
  work.tell({
    event: 'note',
    text:
      windows === null
        ? `More records than one query gives, in the shortest window there is: ${query.from} to ${query.to}.`
        : `"${query.name}" holds more records than one query gives; it is asked in two halves.`,
  });
};

/** Where each page lies in the evidence of the source. */
const keptLine = (query: string, source: ImportedSource, { kept }: QueryTally): object => {
  let offset = 0;
  const pages = kept.map(({ file, sha256, bytes }) => {
    const page = { file, offset, bytes, sha256 };
    offset += bytes;
    return page;
  });
  return { entry: 'kept', query, source: source.sha256, pages };
};

/** Takes the pages away that are evidence now, and those that brought nothing; their hashes stay. */
export const dropPagesOf = (work: FetchWork, place: number): void => {
  const { folder } = work.keeper;
  const pages = savedPages(folder, work.keeper.query(place).name);
  folder.dropPages(pages.map(({ file }) => file));
};

const settled = (work: FetchWork, place: number, tally: QueryTally, source: string | null) => {
  const query = work.keeper.query(place);
  const figures = {
    passes: tally.passes,
    records: tally.ids.size + tally.nameless,
    hours: [...tally.hours].sort((one, other) => one - other),
    source,
  };
  if (!tally.spoiled) return work.keeper.changeQuery(place, { ...figures, outcome: 'done' });
  // The activity feed knows no narrower question.
  const { api } = work.keeper.state;
  const windows = api === 'activity' ? null : aroundBreak(query, tally.lastGood);
  const more = narrower(work, place, windows);
  work.keeper.changeQuery(place, { ...figures, outcome: 'spoiled' }, more);
  work.tell({
    event: 'note',
    text:
      windows === null
        ? `Not all could be had, and it cannot be asked for more narrowly: ${query.from} to ${query.to}.`
        : `A page of "${query.name}" is broken in the tenant; what could be read is kept, narrower queries ask for the rest.`,
  });
};

/** Reads all pages of a query into the case and notes what came of it. */
export const takeQuery = async (
  work: FetchWork,
  place: number,
  pagesInto: (tally: QueryTally) => AsyncGenerator<ReadPage>,
): Promise<void> => {
  const query = work.keeper.query(place);
  const tally = newTally();
  work.teller.say('reading');
  const file = `fetch ${work.keeper.state.id}/${place + 1} ${filterWords(query.filter)}`;
  const source = await importPages(work, file, pagesInto(tally));
  if (source !== null) {
    work.tell({ event: 'source', source });
    work.keeper.folder.note([keptLine(query.name, source, tally)]);
  }
  settled(work, place, tally, source?.sha256 ?? null);
  if (source !== null) dropPagesOf(work, place);
};

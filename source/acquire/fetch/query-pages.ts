import { hourOf } from '../../domain/fetches/fetch-status.ts';
import { askPage, firstPage } from '../../tenant/audit-search/search-query.ts';
import { pageFacts, type PageFacts } from '../../tenant/audit-search/page-facts.ts';
import { Problem } from '../../domain/problem.ts';
import { type ListBounds, PageBounds } from '../../tenant/page-bounds.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { Piece } from '../../import/import-pieces.ts';
import { asking, type FetchWork } from './fetch-work.ts';
import { IdSet } from './id-set.ts';
import { askAndSave, cutPasses, type SavedPage, savedPages } from './saved-pages.ts';
import { TimeOrder } from './time-order.ts';

/** Passes over the pages of a query: two always, more while each brings records that none had. */
const PASSES = 5;

/** What was read of a query. Filled while its pages are read. */
export interface QueryCounters {
  /** Records in each pass that came to its end. */
  readonly passes: number[];
  readonly ids: IdSet;
  readonly hours: Set<number>;
  /** Of the addresses that are asked for, normalised; and ids of the records from there. */
  readonly addresses: ReadonlySet<string>;
  readonly matching: IdSet;
  /** Records without an id of their own. */
  nameless: number;
  spoiled: boolean;
  /** Whether the records of the first pass came in the order of time. */
  readonly order: TimeOrder;
  /** Pages that become the source, in their order. */
  readonly kept: SavedPage[];
}

/** `addresses`: those that the query asks for; none: it asks for no address. */
export const newCounters = (addresses: readonly string[] = []): QueryCounters => ({
  passes: [],
  ids: new IdSet(),
  hours: new Set(),
  addresses: new Set(addresses),
  matching: new IdSet(),
  nameless: 0,
  spoiled: false,
  order: new TimeOrder(),
  kept: [],
});

/** Takes a page into the tally, and says how many of its records no page before it had. */
export const takeFacts = (counters: QueryCounters, facts: PageFacts, pass: number): number => {
  const before = counters.ids.size;
  for (const id of facts.ids) counters.ids.add(id);
  for (const time of facts.times) counters.hours.add(hourOf(time));
  for (const address of counters.addresses)
    for (const id of facts.addresses.get(address) ?? []) counters.matching.add(id);
  if (pass === 1) counters.order.take(facts.times);
  const nameless = facts.records - facts.ids.length;
  if (pass === 1) counters.nameless += nameless;
  return counters.ids.size - before;
};

/** A skiptoken that the tenant no longer knows: after a while, or after a change behind the scenes. */
const isLostPage = (error: unknown): boolean =>
  error instanceof TenantRefusal && (error.kind === 'request' || error.kind === 'not-found');

/** Answers that are none of ours, over and over: narrower queries may have others. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof TenantRefusal && (error.kind === 'unreadable' || error.kind === 'too-large');

/** How the pages of one query are had. */
export interface PagedQuery {
  readonly first: string;
  readonly ask: (place: string) => Promise<TenantAnswer>;
  /** Passes to the end that it takes at least: 2 where counts of two passes are known to differ. */
  readonly passes: 1 | 2;
  /** Where following its links ends. */
  readonly bounds: ListBounds;
}

/** A query of audit search gives a million records, a hundred on a page where it takes no other size. */
const SEARCH_BOUNDS: ListBounds = { pages: 20_000, stale: 5, bytes: 2 ** 36 };

/** Links that go on and on: it says nothing of other queries. */
class EndlessPages extends Problem {}

/** Whether a page that could not be had says nothing of other queries. */
export const concernsOne = (problem: Problem): boolean =>
  problem instanceof TenantRefusal
    ? ['request', 'not-found', 'server', 'elsewhere'].includes(problem.kind)
    : problem instanceof EndlessPages;

/** The pages of one finished query, walked as often as it takes. */
class PageWalk {
  readonly #work: FetchWork;
  readonly #place: number;
  readonly #counters: QueryCounters;
  readonly #name: string;
  readonly #prefix: string;
  readonly #paged: PagedQuery;
  readonly #saved: ReadonlyMap<string, SavedPage>;
  readonly #cut: ReadonlySet<number>;

  constructor(work: FetchWork, place: number, counters: QueryCounters, paged: PagedQuery) {
    const query = work.store.query(place);
    this.#work = work;
    this.#place = place;
    this.#counters = counters;
    this.#name = query.name;
    this.#prefix = `q${place + 1}m${query.made}`;
    this.#paged = paged;
    const saved = savedPages(work.store.folder, query.name);
    this.#saved = new Map(saved.map((page) => [page.file, page]));
    this.#cut = cutPasses(work.store.folder, query.name);
  }

  async *pages(): AsyncGenerator<Piece> {
    for (let pass = 1, whole = 0; pass <= PASSES && !this.#counters.spoiled; pass += 1) {
      const walked = yield* this.#pass(pass);
      if (walked === null) continue;
      whole += 1;
      this.#counters.passes.push(walked.records);
      if (whole >= this.#paged.passes && (whole === 1 || walked.fresh === 0)) return;
    }
    // Cut off each time: what lies behind is unknown, so narrower queries must ask for it.
    if (this.#counters.passes.length === 0) this.#counters.spoiled = true;
  }

  /** null: it could not be walked to its end. */
  async *#pass(
    pass: number,
  ): AsyncGenerator<Piece, { readonly records: number; readonly fresh: number } | null> {
    const seen = new Set<string>();
    const ids = new IdSet();
    const bounds = new PageBounds(this.#paged.bounds);
    let place: string | null = this.#paged.first;
    let [records, fresh] = [0, 0];
    for (let number = 1; place !== null; number += 1) {
      if (seen.has(place)) return this.#giveUp(pass);
      seen.add(place);
      const read = await this.#read(pass, number, place);
      if (read === null) return this.#counters.spoiled ? null : this.#giveUp(pass);
      const facts = pageFacts(read.body);
      const added = takeFacts(this.#counters, facts, pass);
      records += facts.records;
      fresh += added;
      this.#work.reporter.page(added);
      if (pass === 1 || added > 0) {
        this.#counters.kept.push(read.page);
        yield { body: read.body, rows: facts.records };
      }
      if (facts.spoiled) this.#counters.spoiled = true;
      place = facts.nextLink;
      const before = ids.size;
      for (const id of facts.ids) ids.add(id);
      const others = facts.records - facts.ids.length;
      const why = bounds.take(ids.size - before + others, read.body.length);
      if (place !== null && why !== null) return this.#endless(pass, why);
    }
    return { records, fresh };
  }

  /** A page from the disk, else from the tenant; null: the tenant lost the place, or gives nothing that can be read. */
  async #read(
    pass: number,
    number: number,
    place: string,
  ): Promise<{ readonly page: SavedPage; readonly body: Uint8Array } | null> {
    this.#work.signal.throwIfAborted();
    const file = `${this.#prefix}-p${pass}-${number}`;
    const page = this.#saved.get(file);
    const body = page === undefined ? null : this.#work.store.folder.page(file, page.sha256);
    if (page !== undefined && body !== null) return { page, body };
    if (this.#cut.has(pass)) return null;
    const at = { query: this.#name, pass, number };
    try {
      return await askAndSave(this.#work, at, file, () => this.#paged.ask(place));
    } catch (error) {
      if (isUnreadable(error)) {
        this.#counters.spoiled = true;
        return null;
      }
      // The first page has no place to lose: then the query itself is gone.
      if (number === 1 || !isLostPage(error)) throw error;
      return null;
    }
  }

  /** Where a pass before came to its end, this one need not. */
  #endless(pass: number, why: string): null {
    const { name } = this.#work.store.query(this.#place);
    if (this.#counters.passes.length > 0) return this.#giveUp(pass);
    throw new EndlessPages(
      `The pages of "${name}" have no end that could be reached: ${why}.`,
      'What came is kept. Resume later: mia fetch --resume.',
    );
  }

  #giveUp(pass: number): null {
    if (!this.#cut.has(pass))
      this.#work.store.folder.note([{ entry: 'cut', query: this.#name, pass }]);
    const query = this.#work.store.query(this.#place);
    this.#work.tell({
      event: 'note',
      text: `The tenant lost the place in "${query.name}"; its pages are asked for from the first on.`,
    });
    return null;
  }
}

/**
 * The pages of a query, those on the disk first; each is on the disk
 * before it is given. Only pages that bring something are given: of a second pass often none.
 * @throws TenantRefusal, Problem, the signal's reason.
 */
export const walkPages = (
  work: FetchWork,
  place: number,
  counters: QueryCounters,
  query: PagedQuery,
): AsyncGenerator<Piece> => new PageWalk(work, place, counters, query).pages();

/** The same of a query of audit search that the tenant has finished. */
export const pagesOfQuery = (
  work: FetchWork,
  place: number,
  counters: QueryCounters,
): AsyncGenerator<Piece> =>
  walkPages(work, place, counters, {
    first: firstPage(work.store.state.root ?? 'v1.0', work.store.query(place).id ?? ''),
    ask: (page) => askPage(work.client, page, asking(work)),
    passes: 2,
    bounds: SEARCH_BOUNDS,
  });

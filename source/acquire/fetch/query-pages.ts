import { askPage, firstPage } from '../../tenant/audit-search/search-query.ts';
import { pageFacts } from '../../tenant/audit-search/page-facts.ts';
import { Problem } from '../../domain/problem.ts';
import { type ListBounds, PageBounds } from '../../tenant/page-bounds.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { Piece } from '../../import/import-pieces.ts';
import { asking, type FetchWork } from './fetch-work.ts';
import type { ReadPage } from '../task/task-store.ts';
import { IdSet } from './id-set.ts';
import { type QueryCounters, takeFacts } from './query-counters.ts';

/** Passes over the pages of a query: two always, more while each brings records that none had. */
const PASSES = 5;

/** A skiptoken that the tenant no longer knows: after a while, or after a change behind the scenes. */
const isLostPage = (error: unknown): boolean =>
  error instanceof TenantRefusal && (error.kind === 'request' || error.kind === 'not-found');

/** Answers that are none of ours, over and over: narrower queries may have others. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof TenantRefusal && (error.kind === 'unreadable' || error.kind === 'too-large');

/** How the pages of one query are had. */
export interface PagedQuery {
  readonly first: string;
  readonly ask: (path: string) => Promise<TenantAnswer>;
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

/** Reads the pages of one finished query as often as it takes. */
class PageReader {
  readonly #work: FetchWork;
  readonly #counters: QueryCounters;
  readonly #name: string;
  readonly #prefix: string;
  readonly #paged: PagedQuery;
  readonly #cut: ReadonlySet<number>;

  constructor(work: FetchWork, index: number, counters: QueryCounters, paged: PagedQuery) {
    const { name, made } = work.store.query(index);
    this.#work = work;
    this.#counters = counters;
    this.#name = name;
    this.#prefix = `q${index + 1}m${made}`;
    this.#paged = paged;
    this.#cut = work.store.cutPasses(name);
  }

  async *pages(): AsyncGenerator<Piece> {
    for (let pass = 1, whole = 0; pass <= PASSES && !this.#counters.spoiled; pass += 1) {
      const came = yield* this.#pass(pass);
      if (came === null) continue;
      whole += 1;
      this.#counters.passes.push(came.records);
      if (whole >= this.#paged.passes && (whole === 1 || came.fresh === 0)) return;
    }
    // Cut off each time: what lies behind is unknown, so narrower queries must ask for it.
    if (this.#counters.passes.length === 0) this.#counters.spoiled = true;
  }

  /** null: it could not come to its end. */
  async *#pass(
    pass: number,
  ): AsyncGenerator<Piece, { readonly records: number; readonly fresh: number } | null> {
    const seen = new Set<string>();
    const ids = new IdSet();
    const bounds = new PageBounds(this.#paged.bounds);
    let path: string | null = this.#paged.first;
    let [records, fresh] = [0, 0];
    for (let number = 1; path !== null; number += 1) {
      if (seen.has(path)) return this.#giveUp(pass);
      seen.add(path);
      const read = await this.#read(pass, number, path);
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
      path = facts.nextLink;
      const before = ids.size;
      for (const id of facts.ids) ids.add(id);
      const others = facts.records - facts.ids.length;
      const why = bounds.take(ids.size - before + others, read.body.length);
      if (path !== null && why !== null) return this.#endless(pass, why);
    }
    return { records, fresh };
  }

  /** A page from the disk, else from the tenant; null: the tenant lost it, or gives nothing that can be read. */
  async #read(pass: number, number: number, path: string): Promise<ReadPage | null> {
    const { store, signal } = this.#work;
    signal.throwIfAborted();
    const file = `${this.#prefix}-p${pass}-${number}`;
    const kept = store.keptPage(file);
    if (kept !== null || this.#cut.has(pass)) return kept;
    const about = { query: this.#name, pass, number };
    try {
      return await store.requestPage(
        file,
        () => this.#paged.ask(path),
        (page) => ({ ...about, ...page }),
      );
    } catch (error) {
      if (isUnreadable(error)) {
        this.#counters.spoiled = true;
        return null;
      }
      // The first page has no link to lose: then the query itself is gone.
      if (number === 1 || !isLostPage(error)) throw error;
      return null;
    }
  }

  /** Where a pass before came to its end, this one need not. */
  #endless(pass: number, why: string): null {
    if (this.#counters.passes.length > 0) return this.#giveUp(pass);
    throw new EndlessPages(
      `The pages of "${this.#name}" have no end that could be reached: ${why}.`,
      'What came is kept. Resume later: mia fetch --resume.',
    );
  }

  #giveUp(pass: number): null {
    const { store, note } = this.#work;
    if (!this.#cut.has(pass)) store.note([{ entry: 'cut', query: this.#name, pass }]);
    note(
      `The tenant lost the place in "${this.#name}"; its pages are asked for from the first on.`,
    );
    return null;
  }
}

/**
 * The pages of a query, those on the disk first; each is on the disk before it is given. Only pages
 * that bring something are given: of a second pass often none.
 * @throws TenantRefusal, Problem, the signal's reason.
 */
export const readPages = (
  work: FetchWork,
  index: number,
  counters: QueryCounters,
  query: PagedQuery,
): AsyncGenerator<Piece> => new PageReader(work, index, counters, query).pages();

/** The same of a query of audit search that the tenant has finished. */
export const searchPages = (
  work: FetchWork,
  index: number,
  counters: QueryCounters,
): AsyncGenerator<Piece> =>
  readPages(work, index, counters, {
    first: firstPage(work.store.state.root ?? 'v1.0', work.store.query(index).id ?? ''),
    ask: (path) => askPage(work.client, path, asking(work)),
    passes: 2,
    bounds: SEARCH_BOUNDS,
  });

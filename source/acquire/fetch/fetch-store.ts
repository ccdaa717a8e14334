import type { AuditRoot, PlannedQuery } from '../../domain/fetches/fetch-query.ts';
import type { FetchState, QueryState } from '../../store/fetch-state.ts';
import { TaskStore } from '../task/task-store.ts';

const LONGEST_TITLE = 40;

export const newQuery = (
  { id, title }: Pick<FetchState, 'id' | 'title'>,
  planned: PlannedQuery,
  index: number,
  parent: number | null = null,
): QueryState => ({
  ...planned,
  name: `${title.replace(/[^\w .-]+/g, '-').slice(0, LONGEST_TITLE)} | mia | ${id} | w${index + 1}`,
  sent: false,
  id: null,
  status: 'planned',
  since: null,
  made: 0,
  limitExceeded: null,
  announced: null,
  passes: [],
  records: 0,
  hours: [],
  outcome: 'open',
  source: null,
  matching: null,
  refused: null,
  parent,
});

/** What becomes of a query; `more`: those that stand in for it, and what is known of these already. */
export interface QueryChange {
  readonly index: number;
  readonly part: Partial<QueryState>;
  readonly more: readonly (PlannedQuery & Partial<QueryState>)[];
}

/** A page of a query, as the manifest names it. */
export interface QueryPage {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  /** Of the Management Activity API. */
  readonly contentId: string | null;
}

/** State, manifest and pages of a fetch; queries are named by their index, which never changes. */
export class FetchStore extends TaskStore<FetchState> {
  query(index: number): QueryState {
    const query = this.state.queries[index];
    if (query === undefined) throw new RangeError(`no query ${index}`);
    return query;
  }

  /** Indexes of the queries of which not all is here. */
  open(which: (query: QueryState, index: number) => boolean = () => true): readonly number[] {
    return this.state.queries.flatMap((query, index) =>
      query.outcome === 'open' && which(query, index) ? [index] : [],
    );
  }

  /** Under which root the tenant answers: looked for once a fetch. */
  async findRoot(look: () => Promise<AuditRoot>): Promise<AuditRoot> {
    if (this.state.root !== null) return this.state.root;
    const root = await look();
    this.note([{ entry: 'root', root }]);
    this.change({ root });
    return root;
  }

  changeQuery(index: number, part: Partial<QueryState>): void {
    this.changeQueries([{ index, part, more: [] }]);
  }

  /** All of them at once, or none. */
  changeQueries(changes: readonly QueryChange[]): void {
    const queries = [...this.state.queries];
    for (const { index, part } of changes) queries[index] = { ...this.query(index), ...part };
    for (const { index, more } of changes)
      for (const one of more) {
        const { filter, from, to } = one;
        const fresh = newQuery(this.state, { filter, from, to }, queries.length, index);
        queries.push({ ...fresh, ...one });
      }
    this.change({ queries });
  }

  /** Pages that the manifest names for a query, in the order in which they came. `name`: of the query. */
  pagesOf(name: string): readonly QueryPage[] {
    return [...this.pages()].flatMap(({ query, file, number, contentId }) =>
      query === name && typeof file === 'string' && typeof number === 'number'
        ? [{ file, number, contentId: typeof contentId === 'string' ? contentId : null }]
        : [],
    );
  }

  /** Takes the pages of a query away, which are evidence now or brought nothing; their hashes stay. */
  dropPagesOf(index: number): void {
    this.dropPages(this.pagesOf(this.query(index).name).map(({ file }) => file));
  }

  /** Passes over the pages of a query that could not come to their end. `name`: of the query. */
  cutPasses(name: string): ReadonlySet<number> {
    return new Set(
      this.manifest()
        .filter(({ entry, query }) => entry === 'cut' && query === name)
        .map(({ pass }) => Number(pass)),
    );
  }
}

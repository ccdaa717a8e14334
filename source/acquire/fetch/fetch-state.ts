import type { FetchApi, FetchAsked, TimeRange } from '../../domain/fetches/fetch.ts';
import type { JsonObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { SignInEvent } from '../../domain/sessions/sign-in.ts';
import type { TaskFolder } from '../../store/task-folder.ts';
import type { PlannedQuery } from '../../tenant/audit-search/query-plan.ts';
import type { AuditRoot } from '../../tenant/client.ts';

/**
 * open: not all of it is here · done · split: more than one query gives, narrower ones ask instead ·
 * spoiled: a page broke, narrower ones ask again · failed: it ended without a result · notOffered: the
 * API under which the tenant answers has no such thing · refused: a page was, the same is asked again ·
 * unreadable: nothing of it nor of those around it could be read; it is not asked more narrowly.
 */
export type QueryOutcome =
  'open' | 'done' | 'split' | 'spoiled' | 'failed' | 'notOffered' | 'refused' | 'unreadable';

/** What is not here because a page was refused, and why, in words. */
export interface RefusedPage extends TimeRange {
  readonly said: string;
}

/** One query as it stands. */
export interface QueryState extends PlannedQuery {
  /** Its name in the tenant's list: by it we find a query of which we never heard whether it was made. */
  readonly name: string;
  /** It may have been sent. */
  readonly sent: boolean;
  readonly id: string | null;
  readonly status: string;
  /** Since when the tenant has it. */
  readonly since: string | null;
  /** How often it was made. */
  readonly made: number;
  readonly limitExceeded: boolean | null;
  readonly announced: number | null;
  readonly passes: readonly number[];
  readonly records: number;
  /** Numbers of the hours that have a record. */
  readonly hours: readonly number[];
  readonly outcome: QueryOutcome;
  /** SHA-256 of the source that it became. */
  readonly source: string | null;
  /** Of the records, those from the addresses it asks for; null: it asks for none. */
  readonly matching: number | null;
  /** Of one whose outcome is refused. */
  readonly refused: RefusedPage | null;
  /** The one that it stands in for, by its place. */
  readonly parent: number | null;
}

/** All that a fetch needs to go on after a crash, beside the manifest and the pages. */
export interface FetchState {
  readonly version: 1;
  readonly id: string;
  readonly api: FetchApi;
  readonly root: AuditRoot | null;
  readonly asked: FetchAsked;
  readonly cloud: string;
  readonly tenantId: string;
  readonly account: string;
  readonly clientId: string;
  readonly analyst: string;
  readonly title: string;
  readonly again: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** The end of what the tenant could give, where it reaches less far back than was asked. */
  readonly reachesFrom: string | null;
  /** Kinds of sign-ins that came where several were asked for together. */
  readonly eventsSeen?: readonly SignInEvent[];
  readonly queries: readonly QueryState[];
}

const VERSION = 1;

/** What an older mia did not say of a query. */
const UNSAID = { matching: null, refused: null } as const;

export const readFetchState = (folder: TaskFolder): FetchState | null => {
  const data: JsonObject | null = folder.state();
  if (data === null) return null;
  if (data['version'] !== VERSION || !Array.isArray(data['queries']))
    throw new Problem(
      `The fetch ${folder.id} was begun by another version of mia.`,
      'Resume it with that version, or fetch anew.',
    );
  const state = data as unknown as FetchState;
  return { ...state, queries: state.queries.map((query) => ({ ...UNSAID, ...query })) };
};

const TITLE = 40;

export const newQuery = (
  state: Pick<FetchState, 'id' | 'title'>,
  planned: PlannedQuery,
  place: number,
  parent: number | null = null,
): QueryState => ({
  ...planned,
  name: `${state.title.replace(/[^\w .-]+/g, '-').slice(0, TITLE)} | mia | ${state.id} | w${place + 1}`,
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
  ...UNSAID,
  parent,
});

/** What becomes of a query; `more`: those that stand in for it, and what is known of these already. */
export interface QueryChange {
  readonly place: number;
  readonly part: Partial<QueryState>;
  readonly more: readonly (PlannedQuery & Partial<QueryState>)[];
}

/** The state of a fetch in memory and on disk: a change is on the disk when the call returns. */
export class FetchStateStore {
  readonly folder: TaskFolder;
  #state: FetchState;

  constructor(folder: TaskFolder, state: FetchState) {
    this.folder = folder;
    this.#state = state;
  }

  get state(): FetchState {
    return this.#state;
  }

  query(place: number): QueryState {
    const query = this.#state.queries[place];
    if (query === undefined) throw new RangeError(`no query ${place}`);
    return query;
  }

  change(part: Partial<FetchState>): void {
    this.#state = { ...this.#state, ...part };
    this.folder.keepState(this.#state);
  }

  changeQuery(place: number, part: Partial<QueryState>, more: readonly PlannedQuery[] = []): void {
    this.changeQueries([{ place, part, more }]);
  }

  /** All of them at once, or none. */
  changeQueries(changes: readonly QueryChange[]): void {
    const queries = [...this.#state.queries];
    for (const { place, part } of changes) queries[place] = { ...this.query(place), ...part };
    for (const { place, more } of changes)
      for (const one of more) {
        const { filter, from, to } = one;
        const fresh = newQuery(this.#state, { filter, from, to }, queries.length, place);
        queries.push({ ...fresh, ...one });
      }
    this.change({ queries });
  }
}

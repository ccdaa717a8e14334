/** Fetches as case.json has them, brought up to date. */
import { lateUntil, outcomeOf } from './fetch-status.ts';
import type { FetchedQuery, FetchHole, FetchStatement, HoleReason } from './fetch.ts';
import type { Source } from '../records/source.ts';

type LaterFields = 'announced' | 'received' | 'damaged' | 'lateUntil' | 'holes';

/** An older mia left these fields out, and called an end "complete" whatever the figures were. */
export type StoredFetch = Omit<FetchStatement, LaterFields | 'outcome'> &
  Partial<Pick<FetchStatement, LaterFields>>;

/** Fewer records came of a query than the tenant announced for it. */
export const isShort = ({ announced, records }: Pick<FetchedQuery, 'announced' | 'records'>) =>
  announced !== null && records < announced;

/** Narrower queries replaced it, so its own numbers do not count. */
const isReplaced = ({ from, to, limitExceeded }: FetchedQuery, holes: readonly FetchHole[]) =>
  limitExceeded === true ||
  holes.some((hole) => hole.why === 'spoiled' && hole.from === from && hole.to === to);

/** Whose records a hole is of where only what was asked for is known. */
const ofAsked = ({ asked }: StoredFetch): Pick<FetchHole, 'users' | 'addresses'> => {
  const users = [...asked.users, ...asked.mailboxes];
  return { users, addresses: users.length > 0 ? [] : asked.addresses };
};

const holeOf = (stored: StoredFetch, query: FetchedQuery, why: HoleReason): FetchHole => ({
  ...{ from: query.from, to: query.to, why, filled: false, said: null },
  ...ofAsked(stored),
});

/** Figures that an older version did not keep. */
const figuresOf = (
  fetch: StoredFetch,
  queries: readonly FetchedQuery[],
  storedHoles: readonly FetchHole[],
  sources: readonly Source[],
): Pick<FetchStatement, LaterFields> => {
  const own = new Set(
    queries.filter((one) => !isReplaced(one, storedHoles)).map(({ source }) => source),
  );
  const counted = queries.filter(
    (query) => query.announced !== null && !isReplaced(query, storedHoles),
  );
  const short = counted.filter((query) => isShort(query) && query.status === 'succeeded');
  return {
    announced:
      counted.length === 0 ? null : counted.reduce((sum, one) => sum + (one.announced ?? 0), 0),
    received: counted.reduce((sum, { records }) => sum + records, 0),
    damaged: sources.reduce((sum, { id, damaged }) => sum + (own.has(id) ? damaged : 0), 0),
    lateUntil: lateUntil(fetch.asked),
    holes: [...storedHoles, ...short.map((query) => holeOf(fetch, query, 'announced'))],
  };
};

/** `stored` with the sources that are in the case now: a withdrawn source leaves a hole. */
export const fetchAsOf = (stored: StoredFetch, sources: readonly Source[]): FetchStatement => {
  const queries = stored.queries.map((query) => ({
    ...{ matching: null },
    ...query,
  }));
  const storedHoles = (stored.holes ?? [])
    .filter(({ why }) => why !== 'withdrawn')
    .map((hole) => ({ ...{ ...ofAsked(stored), said: null }, ...hole }));
  const said =
    stored.lateUntil === undefined
      ? figuresOf(stored, queries, storedHoles, sources)
      : { holes: storedHoles };
  const gone = new Set(sources.flatMap(({ id, withdrawn }) => (withdrawn === null ? [] : [id])));
  const withdrawn = queries.filter(({ source }) => source !== null && gone.has(source));
  const holes = [...said.holes, ...withdrawn.map((query) => holeOf(stored, query, 'withdrawn'))];
  const fetch = { ...(stored as FetchStatement), ...said, queries, holes };
  return { ...fetch, outcome: outcomeOf(fetch) };
};

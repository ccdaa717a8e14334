import { counted, durationWords } from '../../domain/count-words.ts';
import type { AuditRoot, SignInFilter } from '../../domain/fetches/fetch-query.ts';
import { Problem } from '../../domain/problem.ts';
import type { SignInEvent } from '../../domain/sessions/sign-in.ts';
import { LIST_BOUNDS } from '../../tenant/page-bounds.ts';
import { pageFacts } from '../../tenant/audit-search/page-facts.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import {
  askSignIns,
  eventsIn,
  eventsOf,
  findSignInsRoot,
  firstSignIns,
  isOfferedBy,
  signInSeconds,
} from '../../tenant/sign-in-log/sign-in-log.ts';
import { manifestLines } from '../task/task-store.ts';
import { asking, type FetchWork } from './fetch-work.ts';
import type { Piece } from '../../import/import-pieces.ts';
import { newCounters } from './query-counters.ts';
import { concernsOne, readPages } from './query-pages.ts';
import { type ReadQuery, takeQueries } from './settle-query.ts';

/** Shorter than that a fetch need not be announced. Seconds. */
const WORTH_SAYING = 60;

/** Kinds of sign-ins that this root has no word for: known to be missing, and said so. */
const leaveOut = (work: FetchWork, root: AuditRoot): void => {
  const { store } = work;
  if (root === 'beta') return;
  const part = { outcome: 'notOffered', status: `not offered by ${root}` } as const;
  const left = store
    .open(({ filter }) => filter.by === 'signIns' && !isOfferedBy(root, filter.event))
    .map((index) => ({ index, part, more: [] }));
  if (left.length > 0) store.changeQueries(left);
  work.note(
    `This tenant answers under ${root} only: what is missing are the non-interactive sign-ins (a client that uses or renews a token without the person), those of applications, and session and token ids. The Entra portal exports them as files.`,
  );
};

/** What it will take, before it begins. */
const sayHowLong = ({ store, note }: FetchWork): void => {
  const open = store.open().length;
  const seconds = signInSeconds(open);
  if (seconds < WORTH_SAYING) return;
  note(
    `${counted(open, 'query', 'queries')} to the sign-in log, a user each, in ${counted(open, 'request')} at least: ${durationWords(seconds)} at the tenant's limit of five in ten seconds, longer where there are many pages.`,
  );
};

/** All pages of a query to the disk, those that are there already first; `refused`: up to one that could not be had. */
const readQuery = async (work: FetchWork, root: AuditRoot, index: number): Promise<ReadQuery> => {
  const { store } = work;
  const query = store.query(index);
  const { filter } = query;
  if (filter.by !== 'signIns') throw new Error('a query of another kind in a fetch of sign-ins');
  store.changeQuery(index, { status: 'being read' });
  work.reporter.say('reading');
  const counters = newCounters();
  const pages = readPages(work, index, counters, {
    first: firstSignIns(root, filter, query),
    ask: (page) => askSignIns(work.client, page, asking(work)),
    passes: 1,
    bounds: LIST_BOUNDS,
  });
  const seen = new Set<SignInEvent>();
  let refused: Problem | null = null;
  try {
    for await (const { body } of pages) for (const event of eventsIn(body)) seen.add(event);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refused = error;
  }
  noteSeen(work, filter, seen);
  if (refused === null) work.reporter.queryRead();
  return { index, counters, refused };
};

/** Kinds that came where two were asked for together: each that did shows that the tenant takes both. */
const noteSeen = (
  { store }: FetchWork,
  { event }: SignInFilter,
  seen: ReadonlySet<SignInEvent>,
): void => {
  const known = store.state.eventsSeen ?? [];
  const fresh = [...seen].filter((one) => !known.includes(one));
  if (event === 'user' && fresh.length > 0) store.change({ eventsSeen: [...known, ...fresh] });
};

/**
 * Of two kinds asked for together one never came: nobody has such sign-ins, or the tenant heeds one
 * kind alone. So the other is asked for by itself.
 */
const askApart = ({ store, note }: FetchWork, root: AuditRoot): void => {
  const { queries, eventsSeen = [] } = store.state;
  const missing = eventsOf('user').filter((event) => !eventsSeen.includes(event));
  if (root !== 'beta' || missing.length === 0) return;
  const together = queries.flatMap(({ filter, parent, from, to }, index) => {
    if (filter.by !== 'signIns' || filter.event !== 'user' || parent !== null) return [];
    const more = missing.map((event) => ({ filter: { ...filter, event }, from, to }));
    return [{ index, part: {}, more }];
  });
  const isAsked = queries.some(
    ({ filter, parent }) => parent !== null && filter.by === 'signIns' && filter.event !== 'user',
  );
  if (together.length === 0 || isAsked) return;
  store.changeQueries(together);
  note(
    `No ${missing.join(' and no ')} sign-in came where both kinds were asked for together; they are asked for by themselves, to be sure.`,
  );
};

const pagesOnDisk = async function* (
  { store }: FetchWork,
  queries: readonly ReadQuery[],
): AsyncGenerator<Piece> {
  for (const { counters } of queries)
    for (const { file } of counters.kept) {
      const body = store.keptPage(file)?.body;
      if (body === undefined)
        throw new Problem(
          `A page that was fetched is not on the disk as it was: ${file}.`,
          'Resume with mia fetch --resume: it is asked for again.',
        );
      yield { body, rows: pageFacts(body).records };
    }
};

/** Reads what is open, in its order; what could not be had of it, null: all was. */
const readOpen = async (work: FetchWork, root: AuditRoot): Promise<Problem | null> => {
  const { store } = work;
  const read: ReadQuery[] = [];
  let refused: Problem | null = null;
  for (const index of store.open()) {
    const one = await readQuery(work, root, index);
    // Nothing of it came: it stays open as it was.
    if (one.refused === null || one.counters.kept.length > 0) read.push(one);
    else store.changeQuery(index, { status: 'refused' });
    refused ??= one.refused;
    if (one.refused !== null && !concernsOne(one.refused)) break;
  }
  if (read.length > 0)
    await takeQueries(work, `fetch ${store.state.id} sign-ins`, read, pagesOnDisk(work, read));
  return refused;
};

/**
 * Reads the sign-in log: one query after the other, since five requests in ten seconds are all there
 * is, and then everything into the case as one source, so that no import has to wait meanwhile.
 * @throws Problem: some of it could not be had; what came is in the case, and resuming asks for the rest.
 */
export const runSignIns = async (work: FetchWork): Promise<void> => {
  const { store, clock } = work;
  if (store.state.queries.length === 0)
    work.note(
      'All of what was asked is older than the 30 days that the sign-in log is kept: the tenant was not asked.',
    );
  if (store.open().length === 0) return;
  sayHowLong(work);
  work.reporter.say('asking');
  const root = await store.findRoot(() =>
    findSignInsRoot(work.client, asking(work), (attempts) => store.note(manifestLines(attempts))),
  );
  leaveOut(work, root);
  for (;;) {
    const open = store.open();
    if (open.length === 0) return;
    const begun = { sent: true, since: isoTime(clock.now()), made: 1 };
    const fresh = open.filter((index) => !store.query(index).sent);
    store.changeQueries(fresh.map((index) => ({ index, part: begun, more: [] })));
    const refused = await readOpen(work, root);
    if (refused !== null) throw refused;
    askApart(work, root);
  }
};

import { Problem } from '../../domain/problem.ts';
import { askQuery } from '../../tenant/audit-search/search-query.ts';
import type { AuditRoot } from '../../domain/fetches/fetch-query.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { BoundReached } from './fetch-bounds.ts';
import { asking, type FetchWork } from './fetch-work.ts';
import { concernsOne, searchPages } from './query-pages.ts';
import { splitQuery, takeQuery } from './settle-query.ts';
import { planAnew, submitQuery } from './submit-query.ts';

/** The tenant works on no more of one account's at a time (`tenant.md` 1.3). */
const MOST_AT_WORK = 10;
/** Made so often; one that fails twice will fail a third time. */
const MOST_MADE = 2;
/** A back end gives up after a day; so do we, a little later. */
const LONGEST = 26 * 3_600_000;

/** Milliseconds until the next look: often at first, then every minute or so. */
const pollDelay = (worked: number, random: number): number =>
  Math.round((worked < 300_000 ? 30_000 : 60_000) * (1 + random / 10));

/** Indexes of the queries that are open, of those of a kind. */
type OpenQueries = (which: (query: { readonly id: string | null }) => boolean) => readonly number[];

/** While the tenant works for us we do not wait longer than this for it to take one more. */
const SHORT_WAIT = 30_000;
const BEFORE_NEXT = 60_000;

/**
 * Hands over as many queries as the tenant takes; true where it takes no more now: it works on others
 * of ours, or of somebody else, and those must be followed meanwhile.
 */
const submitSome = async (
  work: FetchWork,
  root: AuditRoot,
  open: OpenQueries,
): Promise<boolean> => {
  for (const index of open(({ id }) => id === null)) {
    const atWork = open(({ id }) => id !== null).length;
    if (atWork >= MOST_AT_WORK) return true;
    work.reporter.say('asking');
    try {
      await submitQuery(work, root, index, atWork === 0 ? Infinity : SHORT_WAIT);
    } catch (error) {
      const full = error instanceof TenantRefusal && error.kind === 'throttled';
      if (!(full || error instanceof BoundReached) || atWork === 0) throw error;
      return true;
    }
  }
  return false;
};

const endWithout = (work: FetchWork, index: number, status: string): void => {
  const { name, made } = work.store.query(index);
  if (made < MOST_MADE) {
    work.note(`"${name}": ${status} in the tenant. It is asked once more.`);
    return planAnew(work, index);
  }
  work.store.changeQuery(index, { status, outcome: 'failed' });
  work.note(`"${name}": ${status} in the tenant, again. It gave nothing.`);
};

/** The Problem where a page of it could not be had, though others may be. */
const takePages = async (work: FetchWork, index: number): Promise<Problem | null> => {
  try {
    await takeQuery(work, index, (counters) => searchPages(work, index, counters));
    return null;
  } catch (error) {
    const { outcome } = work.store.query(index);
    const isGone =
      outcome === 'open' && error instanceof TenantRefusal && error.kind === 'not-found';
    if (isGone || !(error instanceof Problem) || !concernsOne(error)) throw error;
    return error;
  }
};

/**
 * Asks how it stands with one query, and takes its pages when it has ended. The Problem where one of
 * its pages could not be had: it is left for whoever resumes the fetch.
 */
const follow = async (work: FetchWork, root: AuditRoot, index: number): Promise<Problem | null> => {
  const { store, client, clock } = work;
  const query = store.query(index);
  try {
    const { value } = await store.request(
      () => askQuery(client, root, query.id ?? '', asking(work)),
      ({ answer }) => answer,
      (answered) => ({ query: query.name, state: answered.value.status }),
    );
    const { status, limitExceeded, announced } = value;
    if (status !== query.status || limitExceeded !== query.limitExceeded)
      store.changeQuery(index, { status, limitExceeded, announced });
    switch (status) {
      case 'succeeded':
        if (limitExceeded === true) splitQuery(work, index);
        else return await takePages(work, index);
        return null;
      case 'failed':
      case 'cancelled':
        endWithout(work, index, status);
        return null;
      default:
        if (clock.now() - Date.parse(query.since ?? isoTime(clock.now())) > LONGEST)
          endWithout(work, index, 'not ended after a day');
        return null;
    }
  } catch (error) {
    if (!(error instanceof TenantRefusal) || error.kind !== 'not-found') throw error;
    endWithout(work, index, 'no longer known');
    return null;
  }
};

/**
 * Follows all queries of an audit search until each has ended, its narrower ones too.
 * @throws Problem: some of it could not be had; what came is in the case, and resuming asks for the rest.
 */
export const runSearch = async (work: FetchWork): Promise<void> => {
  const { store, client, clock, signal, reporter } = work;
  const root = await store.findRoot(() => client.auditRoot(asking(work)));
  const due = new Map<number, number>();
  const refused = new Map<number, Problem>();
  const open: OpenQueries = (which) =>
    store.open(
      (query, index) => !refused.has(index) && !refused.has(query.parent ?? -1) && which(query),
    );
  let nextSubmission = 0;
  for (;;) {
    signal.throwIfAborted();
    if (nextSubmission <= clock.now() && (await submitSome(work, root, open)))
      nextSubmission = clock.now() + BEFORE_NEXT;
    const asked = open(({ id }) => id !== null);
    if (asked.length === 0) {
      nextSubmission = 0;
      if (open(() => true).length > 0) continue;
      const [first] = refused.values();
      if (first !== undefined) throw first;
      return;
    }
    for (const index of asked.filter((one) => (due.get(one) ?? 0) <= clock.now())) {
      const problem = await follow(work, root, index);
      if (problem !== null) refused.set(index, problem);
      const { since } = store.query(index);
      // Made anew: it is looked at as soon as the tenant has it.
      if (since === null) due.delete(index);
      else due.set(index, clock.now() + pollDelay(clock.now() - Date.parse(since), clock.random()));
    }
    const left = open(({ id }) => id !== null);
    // One that ended made room.
    if (left.length < asked.length) nextSubmission = 0;
    const waiting = open(({ id }) => id === null).length > 0;
    if (left.length === 0) continue;
    const looks = left.map((index) => due.get(index) ?? 0);
    const next = Math.min(...looks, ...(waiting ? [nextSubmission] : []));
    const wait = next - clock.now();
    if (wait <= 0) continue;
    reporter.say('waiting', { why: 'poll', until: isoTime(next) });
    await clock.sleep(wait, signal);
  }
};

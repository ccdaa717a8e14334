import { askQuery } from '../../tenant/audit-search/search-query.ts';
import type { AuditRoot } from '../../tenant/client.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { asking, type FetchWork, noted } from './fetch-work.ts';
import { pagesOfQuery } from './query-pages.ts';
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

const placesOf = (
  { keeper }: FetchWork,
  which: (query: { readonly id: string | null }) => boolean,
): readonly number[] =>
  keeper.state.queries.flatMap((query, place) =>
    query.outcome === 'open' && which(query) ? [place] : [],
  );

/** While the tenant works for us we do not wait longer than this for it to take one more. */
const SHORT_WAIT = 30_000;
const BEFORE_NEXT = 60_000;

/**
 * Hands over as many queries as the tenant takes; true where it takes no more now: it works on others
 * of ours, or of somebody else, and those must be followed meanwhile.
 */
const submitSome = async (work: FetchWork, root: AuditRoot): Promise<boolean> => {
  for (const place of placesOf(work, ({ id }) => id === null)) {
    const atWork = placesOf(work, ({ id }) => id !== null).length;
    if (atWork >= MOST_AT_WORK) return true;
    work.teller.say('asking');
    try {
      await submitQuery(work, root, place, atWork === 0 ? Infinity : SHORT_WAIT);
    } catch (error) {
      const full = error instanceof TenantRefusal && error.kind === 'throttled' && atWork > 0;
      if (!full) throw error;
      return true;
    }
  }
  return false;
};

const endWithout = (work: FetchWork, place: number, status: string): void => {
  const { name, made } = work.keeper.query(place);
  if (made < MOST_MADE) {
    work.tell({
      event: 'note',
      text: `"${name}": ${status} in the tenant. It is asked once more.`,
    });
    return planAnew(work, place);
  }
  work.keeper.changeQuery(place, { status, outcome: 'failed' });
  work.tell({ event: 'note', text: `"${name}": ${status} in the tenant, again. It gave nothing.` });
};

/** Asks how it stands with one query, and takes its pages when it has ended. */
const follow = async (work: FetchWork, root: AuditRoot, place: number): Promise<void> => {
  const { keeper, client, clock } = work;
  const query = keeper.query(place);
  try {
    const { value } = await noted(
      work,
      () => askQuery(client, root, query.id ?? '', asking(work)),
      ({ answer }) => answer,
      (told) => ({ query: query.name, state: told.value.status }),
    );
    const { status, limitExceeded, announced } = value;
    if (status !== query.status || limitExceeded !== query.limitExceeded)
      keeper.changeQuery(place, { status, limitExceeded, announced });
    switch (status) {
      case 'succeeded':
        if (limitExceeded === true) splitQuery(work, place);
        else await takeQuery(work, place, (tally) => pagesOfQuery(work, place, tally));
        return;
      case 'failed':
      case 'cancelled':
        return endWithout(work, place, status);
      default:
        if (clock.now() - Date.parse(query.since ?? isoTime(clock.now())) > LONGEST)
          endWithout(work, place, 'not ended after a day');
    }
  } catch (error) {
    if (!(error instanceof TenantRefusal) || error.kind !== 'not-found') throw error;
    endWithout(work, place, 'no longer known');
  }
};

/** Follows all queries of an audit search until each has ended, its narrower ones too. */
export const runSearch = async (work: FetchWork): Promise<void> => {
  const { keeper, client, clock, signal, teller } = work;
  const root = keeper.state.root ?? (await client.auditRoot(asking(work)));
  if (keeper.state.root === null) {
    keeper.folder.note([{ entry: 'root', root }]);
    keeper.change({ root });
  }
  const due = new Map<number, number>();
  let nextSubmission = 0;
  for (;;) {
    signal.throwIfAborted();
    if (nextSubmission <= clock.now() && (await submitSome(work, root)))
      nextSubmission = clock.now() + BEFORE_NEXT;
    const asked = placesOf(work, ({ id }) => id !== null);
    if (asked.length === 0) {
      if (placesOf(work, () => true).length === 0) return;
      nextSubmission = 0;
      continue;
    }
    for (const place of asked.filter((one) => (due.get(one) ?? 0) <= clock.now())) {
      await follow(work, root, place);
      const { since } = keeper.query(place);
      // Made anew: it is looked at as soon as the tenant has it.
      if (since === null) due.delete(place);
      else due.set(place, clock.now() + pollDelay(clock.now() - Date.parse(since), clock.random()));
    }
    const left = placesOf(work, ({ id }) => id !== null);
    // One that ended made room.
    if (left.length < asked.length) nextSubmission = 0;
    const waiting = placesOf(work, ({ id }) => id === null).length > 0;
    if (left.length === 0) continue;
    const looks = left.map((place) => due.get(place) ?? 0);
    const next = Math.min(...looks, ...(waiting ? [nextSubmission] : []));
    const wait = next - clock.now();
    if (wait <= 0) continue;
    teller.say('waiting', { why: 'poll', until: isoTime(next) });
    await clock.sleep(wait, signal);
  }
};

import { Problem } from '../../domain/problem.ts';
import { pageFacts } from '../../tenant/audit-search/page-facts.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import {
  askSignIns,
  findSignInsRoot,
  firstSignIns,
  isOfferedBy,
} from '../../tenant/sign-in-log/sign-in-log.ts';
import type { AuditRoot } from '../../tenant/client.ts';
import { asking, type FetchWork, manifestLines } from './fetch-work.ts';
import type { Piece } from '../import-pieces.ts';
import { newTally, walkPages } from './query-pages.ts';
import { type ReadQuery, takeQueries } from './settle-query.ts';

const rootOf = async (work: FetchWork): Promise<AuditRoot> => {
  const { keeper, client } = work;
  if (keeper.state.root !== null) return keeper.state.root;
  const root = await findSignInsRoot(client, asking(work), (attempts) =>
    keeper.folder.note(manifestLines(attempts)),
  );
  keeper.folder.note([{ entry: 'root', root }]);
  keeper.change({ root });
  return root;
};

/** Kinds of sign-ins that this root has no word for: known to be missing, and said so. */
const leaveOut = (work: FetchWork, root: AuditRoot): void => {
  const { keeper } = work;
  const part = { outcome: 'notOffered', status: `not offered by ${root}` } as const;
  const left = keeper.state.queries.flatMap(({ filter, outcome }, place) =>
    outcome === 'open' && filter.by === 'signIns' && !isOfferedBy(root, filter.event)
      ? [{ place, part, more: [] }]
      : [],
  );
  if (left.length === 0) return;
  keeper.changeQueries(left);
  work.tell({
    event: 'note',
    text: `This tenant answers under ${root} only, which has the interactive sign-ins of users, without session and token ids. All others are missing; the Entra portal exports them as files.`,
  });
};

/** All pages of a query to the disk, those that are there already first. */
const readQuery = async (work: FetchWork, root: AuditRoot, place: number): Promise<ReadQuery> => {
  const query = work.keeper.query(place);
  const { filter } = query;
  if (filter.by !== 'signIns') throw new Error('a query of another kind in a fetch of sign-ins');
  const tally = newTally();
  const pages = walkPages(work, place, tally, {
    first: firstSignIns(root, filter, query),
    ask: (page) => askSignIns(work.client, page, asking(work)),
    passes: 1,
  });
  let last = await pages.next();
  while (last.done !== true) last = await pages.next();
  work.teller.queryRead();
  return { place, tally };
};

const pagesOnDisk = async function* (
  { keeper }: FetchWork,
  queries: readonly ReadQuery[],
): AsyncGenerator<Piece> {
  for (const { tally } of queries)
    for (const { file, sha256 } of tally.kept) {
      const body = keeper.folder.page(file, sha256);
      if (body === null)
        throw new Problem(
          `A page that was fetched is not on the disk as it was: ${file}.`,
          'Resume with mia fetch --resume: it is asked for again.',
        );
      yield { body, rows: pageFacts(body).records };
    }
};

/**
 * Reads the sign-in log: one query after the other, since five requests in ten seconds are all there
 * is, and then everything into the case as one source, so that no import has to wait meanwhile.
 */
export const runSignIns = async (work: FetchWork): Promise<void> => {
  const { keeper, clock } = work;
  if (keeper.state.queries.length === 0)
    work.tell({
      event: 'note',
      text: 'All of what was asked is older than the 30 days that the sign-in log is kept: the tenant was not asked.',
    });
  if (keeper.state.queries.every(({ outcome }) => outcome !== 'open')) return;
  work.teller.say('asking');
  const root = await rootOf(work);
  leaveOut(work, root);
  for (;;) {
    const open = keeper.state.queries.flatMap(({ outcome }, place) =>
      outcome === 'open' ? [place] : [],
    );
    if (open.length === 0) return;
    const begun = { sent: true, since: isoTime(clock.now()), status: 'read', made: 1 };
    const fresh = open.filter((place) => !keeper.query(place).sent);
    keeper.changeQueries(fresh.map((place) => ({ place, part: begun, more: [] })));
    const read: ReadQuery[] = [];
    for (const place of open) read.push(await readQuery(work, root, place));
    await takeQueries(work, `fetch ${keeper.state.id} sign-ins`, read, pagesOnDisk(work, read));
  }
};

import { taskFolders } from '../../store/task-folder.ts';
import {
  createQuery,
  findQuery,
  type SearchQuery,
} from '../../tenant/audit-search/search-query.ts';
import type { AuditRoot } from '../../domain/fetches/fetch-query.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { BoundReached } from './fetch-bounds.ts';
import { manifestLines } from '../task/task-store.ts';
import { asking, type FetchWork } from './fetch-work.ts';

/** How often we look for a query that may have been made, and how long before each look. */
const LOOKS = 3;
const BEFORE_LOOK = 10_000;

/** How often a query is sent of which we never hear and that is not in the tenant's list either. */
const TRIES = 5;

const isUncertain = (error: unknown): error is TenantRefusal =>
  error instanceof TenantRefusal && error.kind === 'uncertain';

/** Looks for the query in the tenant's list, a few times: a list may lag behind. */
const lookFor = async (
  work: FetchWork,
  root: AuditRoot,
  name: string,
): Promise<SearchQuery | null> => {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await findQuery(work.client, root, name, asking(work), ({ attempts }) =>
      work.store.note(manifestLines(attempts)),
    );
    if (found !== null) return found;
    if (look + 1 < LOOKS) await work.clock.sleep(BEFORE_LOOK, work.signal);
  }
  return null;
};

const DAY = 86_400_000;
const QUERIES = '/security/auditLog/queries';

/** Refuses to make more queries in a day than leaves some of the tenant's to others. */
const boundQueries = ({ folder, bounds, clock }: FetchWork): void => {
  const since = clock.now() - DAY;
  const made = taskFolders(folder)
    .flatMap((one) => one.manifest())
    .filter(({ method, url }) => method === 'POST' && String(url).endsWith(QUERIES))
    .map(({ sentAt }) => Date.parse(String(sentAt)))
    .filter((sentAt) => sentAt > since)
    .sort((one, other) => one - other);
  if (made.length < bounds.queriesADay) return;
  const free = (made.at(-bounds.queriesADay) ?? since) + DAY;
  throw new BoundReached(
    `${made.length} queries were made in 24 hours, and a tenant takes some 200 a day of everybody.`,
    `Look at what came (mia sources); mia fetch --resume goes on from ${isoTime(free)} on.`,
  );
};

const create = async (
  work: FetchWork,
  root: AuditRoot,
  index: number,
  longestWait: number,
): Promise<SearchQuery> => {
  const query = work.store.query(index);
  for (let tries = 1; ; tries += 1)
    try {
      const { value } = await work.store.request(
        () => createQuery(work.client, root, query.name, query, { ...asking(work), longestWait }),
        ({ answer }) => answer,
        ({ value: made }) => ({ query: query.name, made: made.id }),
      );
      return value;
    } catch (error) {
      if (!isUncertain(error)) {
        // Refused for certain: there is nothing to look for.
        if (error instanceof TenantRefusal) work.store.changeQuery(index, { sent: false });
        throw error;
      }
      if (tries >= TRIES) throw error;
      await work.clock.sleep(BEFORE_LOOK, work.signal);
      const found = await lookFor(work, root, query.name);
      if (found !== null) return found;
    }
};

/**
 * Has the tenant make the query, once: where it was sent before and nothing came back, it is looked
 * for by its name first. Its id is on the disk when this returns. Refuses (`throttled`) rather than
 * wait longer than `longestWait` milliseconds at once.
 */
export const submitQuery = async (
  work: FetchWork,
  root: AuditRoot,
  index: number,
  longestWait: number,
): Promise<void> => {
  const { store, clock } = work;
  const query = store.query(index);
  const found = query.sent ? await lookFor(work, root, query.name) : null;
  if (found !== null) store.note([{ entry: 'found', query: query.name, made: found.id }]);
  if (found === null) boundQueries(work);
  if (!query.sent) store.changeQuery(index, { sent: true });
  const made = found ?? (await create(work, root, index, longestWait));
  store.changeQuery(index, {
    id: made.id,
    status: made.status,
    since: isoTime(clock.now()),
    made: query.made + 1,
  });
};

/** Makes it once more under another name: the tenant lost it, or ended it without a result. */
export const planAnew = (work: FetchWork, index: number): void => {
  const { store } = work;
  const query = store.query(index);
  store.changeQuery(index, {
    name: `${query.name.replace(/ r\d+$/, '')} r${query.made + 1}`,
    sent: false,
    id: null,
    since: null,
    status: 'planned',
  });
};

/**
 * A thread of a case for the console: answers questions and, in the role `rows`, takes decisions and
 * says when other programs changed something. The role `search` makes its index while nobody asks.
 */
import { withDiskTrouble } from '../domain/disk-trouble.ts';
import type { ReadOnlyRecords } from '../store/case-store.ts';
import type { Remote } from '../threads/connection.ts';
import { serveThread } from '../threads/serve-thread.ts';
import { toThrown, type Thrown } from '../threads/thrown.ts';
import { Case } from './case.ts';
import { MessagePages } from './lists/message-pages.ts';
import { RecordPages } from './lists/record-pages.ts';
import { RowLists } from './lists/row-lists.ts';
import { SessionGroups } from './lists/session-groups.ts';
import { SessionPages } from './lists/session-pages.ts';
import { SearchIndexes } from './search/search-indexes.ts';
import { TenantStatus } from './fetch-status.ts';

/** Each with a connection of its own, so that nobody waits for something long that somebody else asked. */
export type ThreadRole = 'rows' | 'messages' | 'overview' | 'search';

/** What a thread of a case is started with. */
export interface CaseThreadData {
  readonly folder: string;
  /** Also in a folder that holds other files. */
  readonly newCase?: boolean;
  readonly analyst: string | null;
  readonly role: ThreadRole;
  /** As the first thread found it, where the case can only be read. */
  readonly readOnly?: ReadOnlyRecords | null;
}

/** What such a thread calls of whoever started it. */
export type CaseThreadStarter = {
  /** Something in the case changed, by whomever. */
  readonly changed: (version: number) => void;
  /** Following the case failed. */
  readonly problem: (thrown: Thrown) => void;
};

/** Another console's decision or import is to be seen within two seconds. */
const FOLLOW_MS = 500;
/** Rows of a search, as a screen asks for them. */
const REHEARSED = 30;

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** All that the console can ask, by topic: each method of these is a question or an act. */
const topicsOf = (opened: Case, search: SearchIndexes) => {
  const { store, judging } = opened;
  const lists = new RowLists(store, search);
  const groups = new SessionGroups(store);
  return {
    case: opened as Pick<Case, 'overview' | 'compare'>,
    sessions: new SessionPages(store, lists, groups),
    messages: new MessagePages(store, lists, groups),
    records: new RecordPages(store),
    tenant: new TenantStatus(opened, now),
    judging,
  };
};
export type CaseTopics = ReturnType<typeof topicsOf>;

interface Question {
  readonly topic: keyof CaseTopics;
  readonly method: string;
  readonly values: readonly unknown[];
}

type Methods = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;

const answering = (starter: Remote<CaseThreadStarter>, { role, ...data }: CaseThreadData) => {
  const opened = new Case({ ...data, now, alongside: role !== 'rows' });
  const { store } = opened;
  const search = new SearchIndexes(() => store.unjudgedDb);
  const topics = topicsOf(opened, search);
  store.refresh();
  let announced = store.version;
  let isClosed = false;
  /** In the role `search`: whether its index has all that the case has. */
  let index: 'behind' | 'preparing' | 'ready' = 'behind';
  const follow = (): boolean => {
    store.refresh();
    const changed = store.version !== announced;
    announced = store.version;
    if (changed && index === 'ready') index = 'behind';
    if (changed && role === 'rows') void starter.call('changed', store.version);
    return changed;
  };
  /** What goes wrong while nobody asks is said by one thread. */
  const meanwhile = (work: () => void): void => {
    if (isClosed) return;
    try {
      work();
    } catch (error) {
      if (index === 'preparing') index = 'behind';
      if (role === 'rows') void starter.call('problem', toThrown(withDiskTrouble(error)));
    }
  };
  /** What the first key would wait for: the lists that are searched as a rule, and their rows. */
  const rehearse = (): void => {
    const search = 'e';
    topics.sessions.page({ filter: {}, sort: 'lastSeen', search }, 0, REHEARSED);
    topics.messages.page(
      { scope: { of: 'case' }, filter: {}, sort: 'accessed', search },
      0,
      REHEARSED,
    );
  };
  /** A little of the index at a time, so that a question never waits for all of it. */
  const prepare = (): void => {
    index = search.prepare() ? 'preparing' : 'ready';
    setImmediate(meanwhile, index === 'preparing' ? prepare : rehearse);
  };
  const atIntervals = (): void => {
    const changed = follow();
    // Not while records arrive: each time some of it would have to be read again.
    if (role === 'search' && !changed && index === 'behind') prepare();
  };
  const timer =
    role === 'rows' || role === 'search'
      ? setInterval(meanwhile, FOLLOW_MS, atIntervals)
      : undefined;
  return {
    /** Who decides, what has to be said of the case, and how it is read where it can only be read. */
    opened: () => {
      const { analyst, notices, readOnly } = opened;
      return { analyst, notices, readOnly };
    },
    async ask({ topic, method, values }: Question): Promise<unknown> {
      try {
        follow();
        const asked = topics[topic] as unknown as Methods;
        return await asked[method]?.(...values);
      } catch (error) {
        throw withDiskTrouble(error);
      } finally {
        // Once the answer is on its way.
        if (role === 'rows') setImmediate(meanwhile, follow);
      }
    },
    close(): void {
      isClosed = true;
      clearInterval(timer);
      opened.close();
    },
  };
};
export type CaseThread = ReturnType<typeof answering>;

serveThread(answering);

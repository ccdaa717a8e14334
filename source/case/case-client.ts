import type { ReadOnlyRecords } from '../store/case-store.ts';
import { CASE_HEAP } from '../threads/heap.ts';
import { startThread, type Thread } from '../threads/start-thread.ts';
import { fromThrown } from '../threads/thrown.ts';
import type {
  CaseThread,
  CaseThreadData,
  CaseThreadStarter,
  CaseTopics,
  ThreadRole,
} from './case-worker.ts';

/** The methods of an object in another thread. */
type Asked<Topic> = {
  readonly [Method in keyof Topic]: Topic[Method] extends (...values: infer Values) => infer Answer
    ? (...values: Values) => Promise<Awaited<Answer>>
    : never;
};

/** A case as the console asks it, by topic: it is open in threads of its own, which also follow the disk. */
export type CaseClient = { readonly [Topic in keyof CaseTopics]: Asked<CaseTopics[Topic]> } & {
  /** In whose name decisions are: the one given, else that of the case. */
  readonly analyst: string;
  /** What is wrong with decisions or case.json, in words: to be said at once. */
  readonly notices: readonly string[];
  /** Where records are read, in a case that can only be read. */
  readonly readOnly: ReadOnlyRecords | null;
  /** Called whenever records, decisions or case.json changed, by whomever; within two seconds. */
  onChanged(listener: (version: number) => void): void;
  /** Called when following the case failed, with what to do about it. */
  onProblem(listener: (problem: Error) => void): void;
  close(): Promise<void>;
};

/** Which thread answers; a search goes where its index is, whatever is searched. */
const THREAD_OF = {
  case: 'overview',
  sessions: 'rows',
  messages: 'messages',
  records: 'rows',
  tenant: 'messages',
  judging: 'rows',
} as const satisfies { readonly [topic in keyof CaseTopics]: ThreadRole };

const isSearch = (query: unknown): boolean =>
  typeof query === 'object' &&
  query !== null &&
  'search' in query &&
  String(query.search).trim() !== '';

type Topics = Pick<CaseClient, keyof CaseTopics>;

/** Objects that pass each call of a method to the thread for it. */
const topicsIn = (threadOf: (role: ThreadRole) => Thread<CaseThread>): Topics =>
  Object.fromEntries(
    Object.entries(THREAD_OF).map(([topic, role]) => [
      topic,
      new Proxy(
        {},
        {
          get:
            (_, method) =>
            (...values: readonly unknown[]): Promise<unknown> =>
              threadOf(isSearch(values[0]) ? 'search' : role).call('ask', {
                topic: topic as keyof CaseTopics,
                method: String(method),
                values,
              }),
        },
      ),
    ]),
  ) as unknown as Topics;

/**
 * Opens a case in threads of its own and resolves when the first of them answers; the others start
 * meanwhile. Each of them sees what is on the disk before it answers, so no answer is older than a
 * decision that was made before the question.
 * @throws Problem where the case can't be opened.
 */
export const openCaseClient = async (data: Omit<CaseThreadData, 'role'>): Promise<CaseClient> => {
  const changed = new Set<(version: number) => void>();
  const problems = new Set<(problem: Error) => void>();
  const answers: CaseThreadStarter = {
    changed: (version) => changed.forEach((listener) => listener(version)),
    problem: (thrown) => problems.forEach((listener) => listener(fromThrown(thrown))),
  };
  const start = (role: ThreadRole, readOnly: ReadOnlyRecords | null): Thread<CaseThread> =>
    startThread<CaseThread>(import.meta.url, './case-worker.ts', {
      data: { ...data, role, readOnly } satisfies CaseThreadData,
      ...{ heap: CASE_HEAP, answers },
    });
  const rows = start('rows', null);
  // The first one makes the case where it is new, and removes what a killed import left.
  const opened = await rows.call('opened', undefined);
  const readers = {
    messages: start('messages', opened.readOnly),
    overview: start('overview', opened.readOnly),
    search: start('search', opened.readOnly),
  };
  const threads = { rows, ...readers };
  return {
    ...topicsIn((role) => threads[role]),
    ...opened,
    onChanged: (listener) => void changed.add(listener),
    onProblem: (listener) => void problems.add(listener),
    async close() {
      await Promise.all([
        rows.close(),
        ...Object.values(readers).map((thread) => thread.terminate()),
      ]);
    },
  };
};

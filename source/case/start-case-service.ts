import type { ReadOnlyRecords } from '../store/open-any-case.ts';
import { CASE_HEAP } from '../threads/heap.ts';
import { startThread, type Thread } from '../threads/start-thread.ts';
import { fromThrown } from '../threads/thrown.ts';
import type { CaseService, MessageQuery, SessionQuery } from './case-service.ts';
import { type CaseOrder, type CaseStarter, type ThreadRole, LANES } from './case-order.ts';
import type { CaseThread } from './case-worker.ts';
import type { ConsoleMethod } from './console-queries.ts';

/** A CaseService in threads of its own, which also says when the case changed on disk. */
export interface FollowedCase extends CaseService {
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
}

/** Who answers what: a search goes where its index is, whatever is searched. */
const ROUTES = {
  overview: 'overview',
  fetchStatus: 'rows',
  signInsToAsk: 'messages',
  sessions: 'rows',
  sessionPosition: 'rows',
  sessionSizes: 'rows',
  messages: 'messages',
  messagesToLookup: 'messages',
  messagePosition: 'messages',
  touches: 'messages',
  findSession: 'rows',
  contexts: 'rows',
  records: 'rows',
  raw: 'rows',
  newestRecord: 'rows',
  previewMark: 'rows',
  mark: 'rows',
  undo: 'rows',
  redo: 'rows',
  setWindow: 'rows',
  rebutGap: 'rows',
  fromAddress: 'rows',
} as const satisfies { readonly [method in ConsoleMethod]: ThreadRole };

const isSearch = (query: unknown): boolean =>
  typeof query === 'object' &&
  query !== null &&
  'search' in query &&
  (query as SessionQuery | MessageQuery).search.trim() !== '';

/**
 * Opens a case in threads of its own and resolves when the first of them answers; the others start
 * meanwhile. Each of them sees what is on the disk before it answers, so no answer is older than a
 * decision that was made before the question.
 * @throws Problem where the case can't be opened.
 */
export const startCaseService = async (order: Omit<CaseOrder, 'role'>): Promise<FollowedCase> => {
  const changed = new Set<(version: number) => void>();
  const problems = new Set<(problem: Error) => void>();
  const answers: CaseStarter = {
    changed: (version) => changed.forEach((listener) => listener(version)),
    problem: (thrown) => problems.forEach((listener) => listener(fromThrown(thrown))),
  };
  const start = (role: ThreadRole, readOnly: ReadOnlyRecords | null): Thread<CaseThread> =>
    startThread<CaseThread>(import.meta.url, './case-worker.ts', {
      data: { ...order, role, readOnly } satisfies CaseOrder,
      ...{ heap: CASE_HEAP, answers },
    });
  const rows = start('rows', null);
  // The first one makes the case where it is new, and removes what a killed import left.
  const { analyst, notices, readOnly } = await rows.call('opened', undefined);
  const readers = new Map<ThreadRole, Thread<CaseThread>>(
    LANES.filter((role) => role !== 'rows').map((role) => [role, start(role, readOnly)]),
  );
  const methods = Object.fromEntries(
    Object.entries(ROUTES).map(([method, route]) => [
      method,
      (...values: readonly unknown[]): Promise<unknown> => {
        const role: ThreadRole = isSearch(values[0]) ? 'search' : route;
        return (readers.get(role) ?? rows).call('ask', { method: method as ConsoleMethod, values });
      },
    ]),
  );
  return {
    ...(methods as unknown as Omit<CaseService, 'close'>),
    analyst,
    notices,
    readOnly,
    onChanged: (listener) => void changed.add(listener),
    onProblem: (listener) => void problems.add(listener),
    async close() {
      await Promise.all([rows.close(), ...[...readers.values()].map((role) => role.terminate())]);
    },
  };
};

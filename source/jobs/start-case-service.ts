import { type CaseLane, startLane } from './case-lane.ts';
import type { CaseService, MessageQuery, SessionQuery } from './case-service.ts';
import { type CaseOrder, type Lane, LANES } from './service/case-messages.ts';
import type { ConsoleMethod } from './service/console-desk.ts';

/** A CaseService in threads of its own, which also says when the case changed on disk. */
export interface FollowedCase extends CaseService {
  /** In whose name decisions are: the one given, else that of the case. */
  readonly analyst: string;
  /** What is wrong with decisions or case.json, in words: to be said at once. */
  readonly notices: readonly string[];
  /** Called whenever records, decisions or case.json changed, by whomever; within two seconds. */
  onChanged(listener: (version: number) => void): void;
  /** Called when following the case failed, with what to do about it. */
  onProblem(listener: (problem: Error) => void): void;
}

/** Who answers what: a search goes where its index is, whatever is searched. */
const ROUTES = {
  overview: 'overview',
  fetchStanding: 'rows',
  signInsToAsk: 'messages',
  sessions: 'rows',
  sessionPosition: 'rows',
  sessionSizes: 'rows',
  messages: 'messages',
  messagesToLookUp: 'messages',
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
} as const satisfies { readonly [method in ConsoleMethod]: Lane };

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
export const startCaseService = async (order: Omit<CaseOrder, 'lane'>): Promise<FollowedCase> => {
  const changed = new Set<(version: number) => void>();
  const problems = new Set<(problem: Error) => void>();
  const tell = (problem: Error): void => problems.forEach((listener) => listener(problem));
  const start = (lane: Lane): CaseLane =>
    startLane(
      { ...order, lane },
      {
        // One voice is enough, and it is that of the thread with the least to do.
        changed: (version) => {
          if (lane === 'rows') for (const listener of changed) listener(version);
        },
        problem: lane === 'rows' ? tell : () => undefined,
      },
    );
  const rows = start('rows');
  // The first one makes the case where it is new, and removes what a killed import left.
  const { analyst, notices } = await rows.opened;
  const readers = new Map<Lane, CaseLane>(
    LANES.filter((lane) => lane !== 'rows').map((lane) => [lane, start(lane)]),
  );
  const methods = Object.fromEntries(
    Object.entries(ROUTES).map(([method, route]) => [
      method,
      (...values: readonly unknown[]): Promise<unknown> => {
        const lane: Lane = isSearch(values[0]) ? 'search' : route;
        return (readers.get(lane) ?? rows).call(method as ConsoleMethod, values);
      },
    ]),
  );
  return {
    ...(methods as unknown as Omit<CaseService, 'close'>),
    analyst,
    notices,
    onChanged: (listener) => void changed.add(listener),
    onProblem: (listener) => void problems.add(listener),
    async close() {
      await Promise.all([rows.close(), ...[...readers.values()].map((lane) => lane.end())]);
    },
  };
};

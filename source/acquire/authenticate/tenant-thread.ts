/** What a thread that works in a tenant asks of the one that started it. */
import type { Answers, Remote } from '../../threads/connection.ts';
import { TENANT_HEAP } from '../../threads/heap.ts';
import { nullWhenAborted } from '../../threads/null-when-aborted.ts';
import { startThread, type Thread } from '../../threads/start-thread.ts';
import type { TenantOrder } from './connect-tenant.ts';
import type { Credentials, AuthenticationOutcome, AuthenticationTurn } from './shared-tokens.ts';

type Asked = Pick<TenantOrder, 'askHidden' | 'shared'>;

const answersFor = ({ askHidden, shared }: Asked) => {
  let turn: AuthenticationTurn | null = null;
  let isGone = false;
  return {
    answers: {
      /** Asks the person for something that must not be seen; null: nothing was typed. */
      ask: (question: string, signal: AbortSignal): Promise<string | null> =>
        nullWhenAborted(askHidden?.(question) ?? Promise.resolve(null), signal),
      /** Resolves when it is its turn to sign in. */
      async turn(identity: string): Promise<Credentials | null> {
        turn = (await shared?.turn(identity)) ?? null;
        if (isGone) turn?.end('unchanged');
        return turn?.known ?? null;
      },
      endTurn: (outcome: AuthenticationOutcome): void => turn?.end(outcome),
    },
    /** Takes its turn back, whatever became of the thread. */
    gone(): void {
      isGone = true;
      turn?.end('unchanged');
    },
  };
};
export type TenantStarter = ReturnType<typeof answersFor>['answers'];

/** Starts such a thread; `from` and `path` as for `startThread`. */
export const startTenantThread = <A extends Answers>(
  from: string,
  path: string,
  asked: Asked,
): Thread<A> => {
  const { answers, gone } = answersFor(asked);
  const thread = startThread<A>(from, path, { heap: TENANT_HEAP, answers });
  void thread.ended.then(gone);
  return thread;
};

/** In the thread: what its order needs of the starter. `canAsk`: there is somebody to type a secret. */
export const askingStarter = (
  starter: Remote<TenantStarter>,
  canAsk: boolean,
  signal: AbortSignal,
): Pick<TenantOrder, 'signal' | 'askHidden' | 'shared'> => ({
  signal,
  askHidden: canAsk ? (question) => starter.call('ask', question, { signal }) : null,
  shared: {
    turn: async (identity) => ({
      known: await starter.call('turn', identity),
      end: (outcome) => void starter.call('endTurn', outcome),
    }),
  },
});

import type { Worker } from 'node:worker_threads';
import { TENANT_HEAP } from '../../threads/heap.ts';
import { startWorker } from '../start-worker.ts';
import type { LookUpEvent } from './look-up-events.ts';
import type {
  LookUpOrder,
  LookUpThreadData,
  ToLookUpWorker,
  WantedMessages,
} from './look-up-messages.ts';
import { tenantThreadEvents } from '../tenant/tenant-thread.ts';
import type { MessageKey } from '../../domain/wanted-message.ts';

/** What a look-up in a thread is started with. */
export type LookUpThreadOrder = Omit<LookUpOrder, 'messages' | 'clock' | 'openBrowser'>;

export interface LookUpThread {
  /**
   * What happens in it, from the start on; take it once. Progress with step `idle` says that all that
   * was wanted is answered. Ends with exactly one of finished, cancelled, failed; finished never
   * comes before `end`.
   */
  readonly events: AsyncGenerator<LookUpEvent>;
  /**
   * The messages wanted now, the most urgent first (those on screen); replaces what was wanted before.
   * Cheap to call at each change of the selection: what has metadata or an answer is not asked again.
   */
  readonly want: (messages: readonly MessageKey[]) => void;
  /** No more will be wanted: it ends when the last wanted ones are answered. To stop it, abort the signal. */
  readonly end: () => void;
}

const startLookUp = (order: LookUpThreadOrder, wanted: LookUpThreadData['wanted']): Worker => {
  const { signal: _signal, shared: _shared, askHidden, ...rest } = order;
  const data: LookUpThreadData = { ...rest, canAsk: askHidden !== null, wanted };
  return startWorker('look-up-worker', data, TENANT_HEAP);
};

/**
 * The same as `lookUpMessages`, in a thread of its own, of which the heap can be bounded. Messages of
 * sessions are listed there and never held. Leaving early cancels it; what was answered stays.
 */
export async function* lookUpWantedInThread(
  order: LookUpThreadOrder,
  wanted: WantedMessages,
): AsyncGenerator<LookUpEvent> {
  if (order.signal.aborted) {
    yield { event: 'cancelled' };
    return;
  }
  yield* tenantThreadEvents<LookUpEvent>(startLookUp(order, wanted), 'look-up', order);
}

/**
 * Looks messages up in a thread of its own that signs in once and stays: for the console, which must
 * answer a key at once whatever comes in. Leaving `events` early cancels it; what was answered stays.
 */
export const lookUpInThread = (order: LookUpThreadOrder): LookUpThread => {
  const worker = startLookUp(order, null);
  const say = (message: ToLookUpWorker): void => worker.postMessage(message);
  return {
    events: tenantThreadEvents<LookUpEvent>(worker, 'look-up', order),
    want: (messages) =>
      say({
        say: 'want',
        messages: messages.map(({ mailbox, internetMessageId, itemId }) => ({
          mailbox,
          internetMessageId,
          itemId,
        })),
      }),
    end: () => say({ say: 'end' }),
  };
};

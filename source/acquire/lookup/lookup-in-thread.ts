import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import { runJob, type Thread } from '../../threads/start-thread.ts';
import { startTenantThread } from '../authenticate/tenant-thread.ts';
import type {
  LookupEvent,
  LookupOrder,
  LookupThreadOrder,
  MessageSelection,
} from './lookup-order.ts';
import type { LookupWorker } from './lookup-worker.ts';

/** What a lookup in a thread is started with. */
export type LookupToStart = Omit<LookupOrder, 'messages' | 'clock' | 'openBrowser'>;

export interface LookupThread {
  /**
   * What happens in it, from the start on; take it once. Progress with step `idle` says that all that
   * was wanted is answered. Ends with exactly one of finished, cancelled, failed; finished never
   * comes before `end`.
   */
  readonly events: AsyncGenerator<LookupEvent>;
  /**
   * The messages wanted now, the most urgent first (those on screen); replaces what was wanted before.
   * Cheap to call at each change of the selection: what has metadata or an answer is not asked again.
   */
  readonly want: (messages: readonly MessageKey[]) => void;
  /** No more will be wanted: it ends when the last wanted ones are answered. To stop it, abort the signal. */
  readonly end: () => void;
}

const startLookup = (
  order: LookupToStart,
  wanted: LookupThreadOrder['wanted'],
): { readonly thread: Thread<LookupWorker>; readonly events: AsyncGenerator<LookupEvent> } => {
  const { signal, shared: _shared, askHidden, ...rest } = order;
  const thread = startTenantThread<LookupWorker>(import.meta.url, './lookup-worker.ts', order);
  return {
    thread,
    events: runJob(thread, { ...rest, canAsk: askHidden !== null, wanted }, signal),
  };
};

/**
 * The same as `lookupMessages`, in a thread of its own, of which the heap can be bounded. Messages of
 * sessions are listed there and never held. Leaving early cancels it; what was answered stays.
 */
export async function* lookupWantedInThread(
  order: LookupToStart,
  wanted: MessageSelection,
): AsyncGenerator<LookupEvent> {
  if (order.signal.aborted) {
    yield { event: 'cancelled' };
    return;
  }
  yield* startLookup(order, wanted).events;
}

/**
 * Looks messages up in a thread of its own that signs in once and stays: for the console, which must
 * answer a key at once whatever comes in. Leaving `events` early cancels it; what was answered stays.
 */
export const lookupInThread = (order: LookupToStart): LookupThread => {
  const { thread, events } = startLookup(order, null);
  // Where it has ended, the events say of what.
  const unheard = (): void => undefined;
  return {
    events,
    want(messages) {
      const keys = messages.map(({ mailbox, internetMessageId, itemId }) => ({
        mailbox,
        internetMessageId,
        itemId,
      }));
      thread.call('want', keys).catch(unheard);
    },
    end: () => void thread.call('end', undefined).catch(unheard),
  };
};

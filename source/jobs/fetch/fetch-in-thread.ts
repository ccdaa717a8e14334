import type { FetchEvent } from './fetch-events.ts';
import type { FetchThreadOrder } from './fetch-messages.ts';
import type { FetchOrder } from './fetch-records.ts';
import { TENANT_HEAP } from '../../threads/heap.ts';
import { startWorker } from '../start-worker.ts';
import { tenantThreadEvents } from '../tenant/tenant-thread.ts';

/**
 * The same as `fetchRecords`, in a thread of its own: the console must answer a key at once
 * whatever comes in, and of a thread the heap can be bounded. Leaving early cancels it; the fetch can be resumed.
 */
export async function* fetchInThread(
  order: Omit<FetchOrder, 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { signal, askHidden, folder, wish, flags, variables, remember, anew, analyst } = order;
  if (signal.aborted) {
    yield { event: 'cancelled', id: null };
    return;
  }
  const asked = { folder, wish, flags, variables, remember, anew, analyst };
  const data: FetchThreadOrder = { ...asked, canAsk: askHidden !== null };
  const worker = startWorker('fetch-worker', data, TENANT_HEAP);
  yield* tenantThreadEvents<FetchEvent>(worker, 'fetch', order);
}

import { runJob } from '../../threads/start-thread.ts';
import { startTenantThread } from '../authenticate/tenant-thread.ts';
import type { FetchEvent } from './fetch-work.ts';
import type { FetchOrder } from './fetch-records.ts';
import type { FetchThread } from './fetch-worker.ts';

/**
 * The same as `fetchRecords`, in a thread of its own: the console must answer a key at once
 * whatever comes in, and of a thread the heap can be bounded. Leaving early cancels it; the fetch can be resumed.
 */
export async function* fetchInThread(
  order: Omit<FetchOrder, 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { signal, askHidden, folder, request, flags, variables, remember, anew, analyst } = order;
  if (signal.aborted) {
    yield { event: 'cancelled', id: null };
    return;
  }
  const asked = { folder, request, flags, variables, remember, anew, analyst };
  const thread = startTenantThread<FetchThread>(import.meta.url, './fetch-worker.ts', order);
  yield* runJob(thread, { ...asked, canAsk: askHidden !== null }, signal);
}

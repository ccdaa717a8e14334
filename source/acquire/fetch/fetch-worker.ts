/** The thread that fetches: packing and reading pages must not hold up a key. */
import type { Remote } from '../../threads/connection.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { askingStarter, type TenantStarter } from '../authenticate/tenant-thread.ts';
import { pacedEvents } from '../task/task-events.ts';
import { fetchRecords, type FetchOrder } from './fetch-records.ts';

/** An order without what can't cross into a thread. */
export interface FetchThreadOrder extends Pick<
  FetchOrder,
  'folder' | 'request' | 'flags' | 'variables' | 'remember' | 'anew' | 'analyst'
> {
  /** Whether there is somebody to ask for a secret. */
  readonly canAsk: boolean;
}

const fetching = (starter: Remote<TenantStarter>) => ({
  run: ({ canAsk, ...order }: FetchThreadOrder, signal: AbortSignal) =>
    pacedEvents(fetchRecords({ ...order, ...askingStarter(starter, canAsk, signal) })),
});
export type FetchThread = ReturnType<typeof fetching>;

serveThread(fetching);

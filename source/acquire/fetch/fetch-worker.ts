/** The thread that fetches: packing and reading pages must not hold up a key. */
import type { Remote } from '../../threads/connection.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { askingStarter, type TenantStarter } from '../authenticate/tenant-thread.ts';
import { pacedEvents } from '../task/task-events.ts';
import { fetchRecords, type FetchThread } from './fetch-records.ts';

serveThread((starter: Remote<TenantStarter>): FetchThread => ({
  run: ({ canAsk, ...order }, signal) =>
    pacedEvents(fetchRecords({ ...order, ...askingStarter(starter, canAsk, signal) })),
}));

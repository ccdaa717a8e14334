/** The thread that fetches: packing and reading pages must not hold up a key. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FetchThreadOrder } from './fetch/fetch-messages.ts';
import { fetchRecords } from './fetch/fetch-records.ts';
import {
  askThrough,
  signInsThrough,
  tellThrough,
  type ToTenantThread,
} from './tenant/tenant-thread.ts';

const port = parentPort;
if (port === null) throw new Error('fetch-worker runs as a worker thread only');

const { canAsk, ...order } = workerData as FetchThreadOrder;
const cancel = new AbortController();

port.on('message', (message: ToTenantThread) => {
  if (message.say === 'cancel') cancel.abort();
});

await tellThrough(
  port,
  fetchRecords({
    ...order,
    signal: cancel.signal,
    askHidden: canAsk ? askThrough(port) : null,
    shared: signInsThrough(port),
  }),
);

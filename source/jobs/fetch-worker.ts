/** The thread in which the console fetches: packing and reading pages must not hold up a key. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FetchThreadOrder, FromFetchWorker, ToFetchWorker } from './fetch/fetch-messages.ts';
import { fetchRecords } from './fetch/fetch-records.ts';

const port = parentPort;
if (port === null) throw new Error('fetch-worker runs as a worker thread only');

const { canAsk, ...order } = workerData as FetchThreadOrder;
const cancel = new AbortController();
const post = (message: FromFetchWorker): void => port.postMessage(message);

port.on('message', (message: ToFetchWorker) => {
  if (message.say === 'cancel') cancel.abort();
});

const askHidden = (question: string): Promise<string | null> =>
  new Promise((resolve) => {
    const onMessage = (message: ToFetchWorker): void => {
      port.off('message', onMessage);
      resolve(message.say === 'answer' ? message.text : null);
    };
    port.on('message', onMessage);
    post({ say: 'ask', question });
  });

const events = fetchRecords({
  ...order,
  signal: cancel.signal,
  askHidden: canAsk ? askHidden : null,
});
for await (const event of events) post({ say: 'event', event });
port.close();

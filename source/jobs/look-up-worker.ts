/** The thread in which the console looks messages up: it signs in once, and stays. */
import { parentPort, workerData } from 'node:worker_threads';
import type {
  FromLookUpWorker,
  LookUpThreadData,
  ToLookUpWorker,
} from './lookup/look-up-messages.ts';
import { lookUpEvents, lookedUpWith } from './lookup/look-up.ts';
import { followWishes } from './lookup/followed-wishes.ts';

const port = parentPort;
if (port === null) throw new Error('look-up-worker runs as a worker thread only');

const { canAsk, ...data } = workerData as LookUpThreadData;
const cancel = new AbortController();
const wishes = followWishes();
const post = (message: FromLookUpWorker): void => port.postMessage(message);

port.on('message', (message: ToLookUpWorker) => {
  if (message.say === 'cancel') cancel.abort();
  else if (message.say === 'want') wishes.want(message.messages);
  else if (message.say === 'end') wishes.end();
});

const askHidden = (question: string): Promise<string | null> =>
  new Promise((resolve) => {
    const onMessage = (message: ToLookUpWorker): void => {
      if (message.say !== 'answer' && message.say !== 'cancel') return;
      port.off('message', onMessage);
      resolve(message.say === 'answer' ? message.text : null);
    };
    port.on('message', onMessage);
    post({ say: 'ask', question });
  });

const { signal } = cancel;
const order = { ...data, messages: [], signal, askHidden: canAsk ? askHidden : null };
const events = lookUpEvents(order, (running, tell) =>
  lookedUpWith(order, running, tell, (begun) => wishes.drive(begun, running)),
);
for await (const event of events) post({ say: 'event', event });
port.close();

/** The thread in which messages are looked up; that of the console signs in once, and stays. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LookUpThreadData, ToLookUpWorker } from './lookup/look-up-messages.ts';
import { lookUpEvents, lookedUpWith } from './lookup/look-up.ts';
import { followWishes } from './lookup/followed-wishes.ts';
import { lookUpWanted } from './lookup/look-up-wanted.ts';
import { askThrough, signInsThrough, tellThrough } from './tenant/tenant-thread.ts';

const port = parentPort;
if (port === null) throw new Error('look-up-worker runs as a worker thread only');

const { canAsk, wanted, ...data } = workerData as LookUpThreadData;
const cancel = new AbortController();
const wishes = followWishes();

port.on('message', (message: ToLookUpWorker) => {
  if (message.say === 'cancel') cancel.abort();
  else if (message.say === 'want') wishes.want(message.messages);
  else if (message.say === 'end') wishes.end();
});

const { signal } = cancel;
const order = {
  ...{ ...data, messages: [], signal },
  askHidden: canAsk ? askThrough(port) : null,
  shared: signInsThrough(port),
};
const events =
  wanted === null
    ? lookUpEvents(order, (running, tell) =>
        lookedUpWith(order, running, tell, (begun) => wishes.drive(begun, running)),
      )
    : lookUpWanted(order, wanted);
await tellThrough(port, events);

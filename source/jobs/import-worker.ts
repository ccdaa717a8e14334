/** The thread in which imports and rebuilds run, so that the screen never waits for them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportEvent } from './import-events.ts';
import { runImport } from './import/run-import.ts';
import { runRebuild } from './import/run-rebuild.ts';
import { readMessages } from './import/standard-input.ts';
import type { ImportOrder, ToImportWorker } from './import/worker-messages.ts';

const port = parentPort;
if (port === null) throw new Error('import-worker runs as a worker thread only');

const order = workerData as ImportOrder;
const cancel = new AbortController();
port.on('message', (message: ToImportWorker) => {
  if (message.say === 'cancel') cancel.abort();
});
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const events = (): AsyncGenerator<ImportEvent> =>
  order.order === 'rebuild'
    ? runRebuild({ folder: order.folder, now, signal: cancel.signal })
    : runImport({
        folder: order.folder,
        newCase: order.newCase,
        paths: order.paths,
        keep: order.keep,
        analyst: order.analyst,
        origin: order.origin,
        now,
        signal: cancel.signal,
        standardInputName: order.standardInputName,
        ...(order.standardInput ? { standardInput: readMessages(port) } : {}),
      });

for await (const event of events()) port.postMessage({ say: 'event', event });
port.close();

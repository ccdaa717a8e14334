import type { MessagePort } from 'node:worker_threads';
import type { FromImportWorker, ToImportWorker } from './worker-messages.ts';

const nextInput = (port: MessagePort): Promise<Uint8Array | null> =>
  new Promise((resolve) => {
    const onMessage = (message: ToImportWorker): void => {
      if (message.say === 'cancel') resolve(null);
      if (message.say !== 'input') return;
      port.off('message', onMessage);
      resolve(message.chunk);
    };
    port.on('message', onMessage);
    const want: FromImportWorker = { say: 'wantInput' };
    port.postMessage(want);
  });

/** Standard input as the import thread sees it: asked for piece by piece, so it never piles up. */
export async function* readMessages(port: MessagePort): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await nextInput(port);
    if (chunk === null) return;
    yield chunk;
  }
}

import type { Worker } from 'node:worker_threads';

const ENDINGS: ReadonlySet<string> = new Set(['finished', 'cancelled', 'failed']);

/**
 * The events of a job that runs in a thread, to the one that ends it. `hear` takes each message of the
 * thread, from now on, and tells those that are events. Aborting the signal cancels the job, and so
 * does leaving early.
 * @throws what the thread died of; `name` is said where it ended without a word.
 */
export const threadEvents = <Event extends { readonly event: string }, Message>(
  worker: Worker,
  name: string,
  signal: AbortSignal,
  hear: (message: Message, tell: (event: Event) => void) => void,
): AsyncGenerator<Event> => {
  const queue: Event[] = [];
  let failure: Error | null = null;
  let wake: () => void = () => undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  const tell = (event: Event): void => {
    queue.push(event);
    wake();
  };
  worker.on('message', (message: Message) => hear(message, tell));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error(`The ${name} thread ended without a word.`)));
  const cancel = (): void => worker.postMessage({ say: 'cancel' });
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return (async function* (): AsyncGenerator<Event> {
    try {
      for (;;) {
        const event = queue.shift();
        if (event !== undefined) {
          yield event;
          if (ENDINGS.has(event.event)) return;
        } else if (failure !== null) throw failure;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      // Left early by the caller: as good as cancelled.
      cancel();
    }
  })();
};

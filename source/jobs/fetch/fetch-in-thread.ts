import type { FetchEvent } from './fetch-events.ts';
import type { FetchThreadOrder, FromFetchWorker, ToFetchWorker } from './fetch-messages.ts';
import type { FetchOrder } from './fetch-records.ts';
import { IMPORT_HEAP, startWorker } from '../start-worker.ts';

const ENDINGS: ReadonlySet<FetchEvent['event']> = new Set(['finished', 'cancelled', 'failed']);

/**
 * The same as `fetchRecords`, in a thread of its own: the console must answer a key at once
 * whatever comes in, and of a thread the heap can be bounded. Leaving early cancels it; the fetch can be resumed.
 */
export async function* fetchInThread(
  order: Omit<FetchOrder, 'clock' | 'openBrowser'>,
): AsyncGenerator<FetchEvent> {
  const { signal, askHidden, folder, wish, flags, variables, remember, anew, analyst } = order;
  if (signal.aborted) {
    yield { event: 'cancelled', id: null };
    return;
  }
  const asked = { folder, wish, flags, variables, remember, anew, analyst };
  const data: FetchThreadOrder = { ...asked, canAsk: askHidden !== null };
  const worker = startWorker('fetch-worker', data, IMPORT_HEAP);
  const say = (message: ToFetchWorker): void => worker.postMessage(message);
  const queue: FetchEvent[] = [];
  let failure: Error | null = null;
  let wake: () => void = () => undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  worker.on('message', (message: FromFetchWorker) => {
    if (message.say === 'event') queue.push(message.event);
    else
      void askHidden?.(message.question).then(
        (text) => say({ say: 'answer', text }),
        () => say({ say: 'cancel' }),
      );
    wake();
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The fetch thread ended without a word.')));
  const cancel = (): void => say({ say: 'cancel' });
  signal.addEventListener('abort', cancel, { once: true });
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
    cancel();
  }
}

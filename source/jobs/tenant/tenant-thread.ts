/** How a thread that works in a tenant and the one that started it talk. */
import type { MessagePort, Worker } from 'node:worker_threads';
import { threadEvents } from '../thread-events.ts';
import type { TenantOrder } from './connect-tenant.ts';

type AskHidden = NonNullable<TenantOrder['askHidden']>;

export type ToTenantThread =
  | { readonly say: 'cancel' }
  /** What was typed; null: nothing. */
  | { readonly say: 'answer'; readonly text: string | null };

type FromTenantThread<Event> =
  | { readonly say: 'event'; readonly event: Event }
  /** Asks the person for something that must not be seen. */
  | { readonly say: 'ask'; readonly question: string };

/** The events of such a thread; what it asks for goes to `askHidden`. */
export const tenantThreadEvents = <Event extends { readonly event: string }>(
  worker: Worker,
  name: string,
  { signal, askHidden }: Pick<TenantOrder, 'signal' | 'askHidden'>,
): AsyncGenerator<Event> => {
  const say = (message: ToTenantThread): void => worker.postMessage(message);
  return threadEvents<Event, FromTenantThread<Event>>(worker, name, signal, (message, tell) => {
    if (message.say === 'event') return tell(message.event);
    void askHidden?.(message.question).then(
      (text) => say({ say: 'answer', text }),
      () => say({ say: 'cancel' }),
    );
  });
};

/** In the thread: tells the events of its job, and closes the port behind the last. */
export const tellThrough = async <Event>(
  port: MessagePort,
  events: AsyncIterable<Event>,
): Promise<void> => {
  const post = (message: FromTenantThread<Event>): void => port.postMessage(message);
  for await (const event of events) post({ say: 'event', event });
  port.close();
};

/** In the thread: asks whoever started it for something that must not be seen. */
export const askThrough =
  (port: MessagePort): AskHidden =>
  (question) =>
    new Promise((resolve) => {
      const onMessage = (message: ToTenantThread): void => {
        if (message.say !== 'answer' && message.say !== 'cancel') return;
        port.off('message', onMessage);
        resolve(message.say === 'answer' ? message.text : null);
      };
      port.on('message', onMessage);
      const ask: FromTenantThread<never> = { say: 'ask', question };
      port.postMessage(ask);
    });

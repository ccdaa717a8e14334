/** How a thread that works in a tenant and the one that started it talk. */
import type { MessagePort, Worker } from 'node:worker_threads';
import { threadEvents } from '../thread-events.ts';
import type { TenantOrder } from './connect-tenant.ts';
import type { SharedSignIn, SignedIn, SignInOutcome, SignInTurn } from './shared-sign-in.ts';

type AskHidden = NonNullable<TenantOrder['askHidden']>;

export type ToTenantThread =
  | { readonly say: 'cancel' }
  /** What was typed; null: nothing. */
  | { readonly say: 'answer'; readonly text: string | null }
  /** It is this thread's turn to sign in. */
  | { readonly say: 'turn'; readonly known: SignedIn | null };

type FromTenantThread<Event> =
  | { readonly say: 'event'; readonly event: Event }
  /** Asks the person for something that must not be seen. */
  | { readonly say: 'ask'; readonly question: string }
  /** Wants to sign in, and has done. */
  | { readonly say: 'turn'; readonly identity: string }
  | { readonly say: 'turn-over'; readonly outcome: SignInOutcome };

/** Hands a thread its turn to sign in, and takes it back, whatever becomes of the thread. */
const turnsFor = (worker: Worker, shared: SharedSignIn | undefined) => {
  let turn: SignInTurn | null = null;
  let isOver = false;
  worker.once('exit', () => {
    isOver = true;
    turn?.end('unchanged');
  });
  return {
    async begin(identity: string): Promise<void> {
      turn = (await shared?.turn(identity)) ?? null;
      if (isOver) return turn?.end('unchanged');
      const message: ToTenantThread = { say: 'turn', known: turn?.known ?? null };
      worker.postMessage(message);
    },
    end: (outcome: SignInOutcome): void => turn?.end(outcome),
  };
};

/** The events of such a thread; what it asks for goes to `askHidden`. */
export const tenantThreadEvents = <Event extends { readonly event: string }>(
  worker: Worker,
  name: string,
  { signal, askHidden, shared }: Pick<TenantOrder, 'signal' | 'askHidden' | 'shared'>,
): AsyncGenerator<Event> => {
  const say = (message: ToTenantThread): void => worker.postMessage(message);
  const turns = turnsFor(worker, shared);
  return threadEvents<Event, FromTenantThread<Event>>(worker, name, signal, (message, tell) => {
    switch (message.say) {
      case 'event':
        return tell(message.event);
      case 'turn':
        return void turns.begin(message.identity);
      case 'turn-over':
        return turns.end(message.outcome);
      case 'ask':
        void askHidden?.(message.question).then(
          (text) => say({ say: 'answer', text }),
          () => say({ say: 'cancel' }),
        );
    }
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

/** In the thread: the sign-ins of the program's other threads. */
export const signInsThrough = (port: MessagePort): SharedSignIn => {
  const post = (message: FromTenantThread<never>): void => port.postMessage(message);
  return {
    turn: (identity) =>
      new Promise((resolve) => {
        const onMessage = (message: ToTenantThread): void => {
          if (message.say !== 'turn') return;
          port.off('message', onMessage);
          const end = (outcome: SignInOutcome): void => post({ say: 'turn-over', outcome });
          resolve({ known: message.known, end });
        };
        port.on('message', onMessage);
        post({ say: 'turn', identity });
      }),
  };
};

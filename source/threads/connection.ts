/** How two threads talk: each end answers what the other calls. */
import type { Transferable } from 'node:worker_threads';
import { fromThrown, toThrown, type Thrown } from './thrown.ts';
import { emittedEvents } from './emitted-events.ts';

/**
 * What one end answers, by name: to one value, with a signal that is aborted when the caller cancels.
 * An async iterable is a stream: its events go over one by one.
 */
export interface Answers {
  readonly [method: string]: (value: never, signal: AbortSignal) => unknown;
}

type Method<A> = keyof A & string;
type Value<A extends Answers, M extends keyof A> = Parameters<A[M]>[0];
export type EventOf<Stream> = Stream extends AsyncIterable<infer Event> ? Event : never;

interface CallOptions {
  /** Aborting it cancels the call; it still ends as the other end says. */
  readonly signal?: AbortSignal;
  /** Buffers in the value that are handed over and not copied. */
  readonly transfer?: readonly Transferable[];
}

/** What the other end answers. A call is rejected with what was thrown there: a Problem stays one. */
export interface Remote<A extends Answers> {
  call<M extends Method<A>>(
    method: M,
    value: Value<A, M>,
    options?: CallOptions,
  ): Promise<Awaited<ReturnType<A[M]>>>;
  /**
   * Called at once, and read once. Aborting the signal cancels it, and so does leaving early; it has
   * ended when the other end says so.
   */
  stream<M extends Method<A>>(
    method: M,
    value: Value<A, M>,
    signal: AbortSignal,
  ): AsyncGenerator<EventOf<ReturnType<A[M]>>>;
}

type Message =
  | { readonly say: 'call'; readonly id: number; readonly method: string; readonly value: unknown }
  | { readonly say: 'cancel'; readonly id: number }
  | { readonly say: 'event'; readonly id: number; readonly event: unknown }
  | { readonly say: 'answer'; readonly id: number; readonly value: unknown }
  /** `id` null: this end could not even begin. */
  | { readonly say: 'thrown'; readonly id: number | null; readonly thrown: Thrown };

/** A Worker, or the port within it. */
interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

interface Waiting extends PromiseWithResolvers<unknown> {
  readonly hear: (event: unknown) => void;
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** One end. It hears nothing before `serve`. */
export class Connection<A extends Answers> implements Remote<A> {
  readonly #port: Port;
  /** Calls of this end, by id. */
  readonly #waiting = new Map<number, Waiting>();
  /** Calls of the other end that are being answered, by its id. */
  readonly #answering = new Map<number, AbortController>();
  #failure: Error | null = null;
  #next = 1;

  constructor(port: Port) {
    this.#port = port;
  }

  get failure(): Error | null {
    return this.#failure;
  }

  #post(message: Message, transfer: readonly Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  serve(answers: Answers): void {
    this.#port.on('message', (message) => {
      if (message.say === 'call') void this.#answer(answers, message);
      else if (message.say === 'cancel') this.#answering.get(message.id)?.abort();
      else if (message.say === 'event') this.#waiting.get(message.id)?.hear(message.event);
      else if (message.say === 'thrown' && message.id === null)
        this.fail(fromThrown(message.thrown));
      else this.#settle(message);
    });
  }

  async #answer(answers: Answers, call: Message & { readonly say: 'call' }): Promise<void> {
    const { id } = call;
    const control = new AbortController();
    this.#answering.set(id, control);
    try {
      const value = await answers[call.method]?.(call.value as never, control.signal);
      const stream = isStream(value);
      if (stream) for await (const event of value) this.#post({ say: 'event', id, event });
      this.#post({ say: 'answer', id, value: stream ? undefined : value });
    } catch (error) {
      this.#post({ say: 'thrown', id, thrown: toThrown(error) });
    } finally {
      this.#answering.delete(id);
    }
  }

  #settle(message: Message & { readonly say: 'answer' | 'thrown' }): void {
    const waiting = this.#waiting.get(message.id ?? 0);
    this.#waiting.delete(message.id ?? 0);
    if (message.say === 'answer') waiting?.resolve(message.value);
    else waiting?.reject(fromThrown(message.thrown));
  }

  #call(
    method: string,
    value: unknown,
    { signal, transfer }: CallOptions,
    hear: (event: unknown) => void = () => undefined,
  ): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const id = this.#next++;
    const waiting: Waiting = { ...Promise.withResolvers<unknown>(), hear };
    this.#waiting.set(id, waiting);
    this.#post({ say: 'call', id, method, value }, transfer);
    if (signal === undefined) return waiting.promise;
    const cancel = (): void => this.#post({ say: 'cancel', id });
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    return waiting.promise.finally(() => signal.removeEventListener('abort', cancel));
  }

  call<M extends Method<A>>(method: M, value: Value<A, M>, options: CallOptions = {}) {
    return this.#call(method, value, options) as Promise<Awaited<ReturnType<A[M]>>>;
  }

  stream<M extends Method<A>>(method: M, value: Value<A, M>, signal: AbortSignal) {
    type Event = EventOf<ReturnType<A[M]>>;
    const left = new AbortController();
    const events = emittedEvents<Event>((emit) =>
      this.#call(method, value, { signal: AbortSignal.any([signal, left.signal]) }, (event) =>
        emit(event as Event),
      ),
    );
    return (async function* (): AsyncGenerator<Event> {
      try {
        yield* events;
      } finally {
        left.abort();
      }
    })();
  }

  /** Resolves when nothing is waited for any more, whatever it came to. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#waiting.values()].map(({ promise }) => promise));
  }

  /** There is no other end any more: rejects what is waited for, and all that is called from now on. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const control of this.#answering.values()) control.abort();
  }

  /** Tells the other end that there is nobody to call. */
  refuse(error: unknown): void {
    this.#post({ say: 'thrown', id: null, thrown: toThrown(error) });
  }
}

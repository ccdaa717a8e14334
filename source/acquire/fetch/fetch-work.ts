import type { CaseFolder } from '../../store/case-folder.ts';
import type { AskOptions, TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import { type Attempt, TenantRefusal } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { FetchProgress, FetchStep } from '../../domain/fetches/fetch-progress.ts';
import type { FetchBounds } from './fetch-bounds.ts';
import type { FetchEvent } from './fetch-events.ts';
import type { FetchStateStore } from './fetch-state.ts';

/** What all parts of one fetch share. */
export interface FetchWork {
  readonly folder: CaseFolder;
  readonly store: FetchStateStore;
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (event: FetchEvent) => void;
  readonly reporter: FetchReporter;
  readonly bounds: FetchBounds;
}

/** Milliseconds. */
const STATED_EVERY = 5_000;

/** Adds up what came in, and says how it stands when that changes. */
export class FetchReporter {
  readonly #tell: (event: FetchEvent) => void;
  readonly #clock: Clock;
  readonly #store: FetchStateStore;
  readonly #keepState: () => void;
  #statedAt = -Infinity;
  #step: FetchStep = 'asking';
  #since: string;
  #pages = 0;
  #records = 0;
  #read = 0;

  /** `state`: keeps what can be said of the fetch, now and then, for whoever looks meanwhile. */
  constructor(
    store: FetchStateStore,
    clock: Clock,
    tell: (event: FetchEvent) => void,
    state: () => void,
  ) {
    this.#tell = tell;
    this.#keepState = state;
    this.#clock = clock;
    this.#store = store;
    this.#since = isoTime(clock.now());
  }

  page(records: number): void {
    this.#pages += 1;
    this.#records += records;
    this.say('reading');
  }

  /** All of a query is here, though not in the case yet. */
  queryRead(): void {
    this.#read += 1;
    this.say('reading');
  }

  say(step: FetchStep, wait: FetchProgress['wait'] = null): void {
    const now = this.#clock.now();
    if (step !== this.#step) this.#since = isoTime(now);
    if (step !== this.#step || now - this.#statedAt >= STATED_EVERY) {
      this.#statedAt = now;
      this.#keepState();
    }
    this.#step = step;
    const { id, queries } = this.#store.state;
    const open = queries.filter(({ outcome }) => outcome === 'open');
    const asked = open.find((one) => one.id !== null);
    this.#tell({
      event: 'progress',
      progress: {
        id,
        step,
        since: step === 'waiting' ? (asked?.since ?? this.#since) : this.#since,
        status: asked?.status ?? null,
        queries: { done: Math.max(queries.length - open.length, this.#read), all: queries.length },
        pages: this.#pages,
        records: this.#records,
        wait,
      },
    });
  }

  /** For the client: what it waits for. */
  readonly onWait = (wait: NonNullable<FetchProgress['wait']>): void => this.say(this.#step, wait);
}

/** What each request of a fetch is asked with. */
export const asking = ({ signal, reporter }: FetchWork): Omit<AskOptions, 'bucket'> => ({
  signal,
  onWait: reporter.onWait,
});

/** A line of the manifest for each attempt; `about` belongs to the last one, which was answered. */
export const manifestLines = (
  attempts: readonly Attempt[],
  about: object = {},
): readonly object[] =>
  attempts.map((attempt, at) => ({
    entry: 'request',
    ...attempt,
    repeated: at > 0,
    ...(at === attempts.length - 1 ? about : {}),
  }));

/** Runs a request and notes every attempt in the manifest, also of one that was refused. */
export const noted = async <Value>(
  work: FetchWork,
  request: () => Promise<Value>,
  answerOf: (value: Value) => TenantAnswer,
  about: (value: Value) => object = () => ({}),
): Promise<Value> => {
  const { folder } = work.store;
  try {
    const value = await request();
    folder.note(manifestLines(answerOf(value).attempts, about(value)));
    return value;
  } catch (error) {
    if (error instanceof TenantRefusal) folder.note(manifestLines(error.attempts));
    throw error;
  }
};

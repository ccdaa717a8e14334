import { type Clock, isoTime, unlessAborted } from './clock.ts';
import { BUCKETS, type BucketName, type BucketRule, type Wait } from './waiting.ts';

/** Shorter waits are not worth a word. */
const WORTH_SAYING = 1_000;

/** Lets requests through at the pace of its rule, in the order in which they came. */
class Bucket {
  readonly #name: BucketName;
  readonly #rule: BucketRule;
  readonly #clock: Clock;
  /** When the latest began, as many as the rule looks back on. */
  #starts: number[] = [];
  #running = 0;
  #pause: { readonly until: number; readonly after: string | null } = { until: 0, after: null };
  #turn: Promise<void> = Promise.resolve();
  #freed: () => void = () => undefined;

  constructor(name: BucketName, clock: Clock) {
    this.#name = name;
    this.#rule = BUCKETS[name];
    this.#clock = clock;
  }

  /**
   * Resolves when a request may begin; the returned function says that it ended. `waiting`: ends the
   * wait for its time; the signal unless said.
   */
  async enter(
    signal: AbortSignal,
    onWait: (wait: Wait) => void,
    waiting = signal,
  ): Promise<() => void> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    try {
      await unlessAborted(before, signal);
      await this.#ready(signal, onWait, waiting);
      this.#starts.push(this.#clock.now());
      this.#starts = this.#starts.slice(-(this.#rule.rate?.requests ?? 1));
      this.#running += 1;
    } finally {
      // Who gave up while waiting hands its turn on, but not before it had it.
      void before.then(resolve);
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#running -= 1;
      this.#freed();
    };
  }

  /** Nothing of this bucket begins before then; a pause is never shortened. */
  pause(milliseconds: number, after: string | null): void {
    const until = this.#clock.now() + milliseconds;
    if (until > this.#pause.until) this.#pause = { until, after };
  }

  /** Requests that were sent before this bucket was made, epoch milliseconds, the oldest first. */
  past(starts: readonly number[]): void {
    const known = [...starts, ...this.#starts].sort((one, other) => one - other);
    this.#starts = known.slice(-(this.#rule.rate?.requests ?? 1));
  }

  async #ready(
    signal: AbortSignal,
    onWait: (wait: Wait) => void,
    waiting: AbortSignal,
  ): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = this.#clock.now();
      const paced = this.#paced();
      const until = Math.max(paced, this.#pause.until);
      if (until > now) {
        waiting.throwIfAborted();
        if (until - now >= WORTH_SAYING) {
          const throttled = this.#pause.until >= paced;
          onWait({
            bucket: this.#name,
            why: throttled ? 'throttled' : 'pace',
            until: isoTime(until),
            milliseconds: until - now,
            after: throttled ? this.#pause.after : null,
          });
        }
        await this.#clock.sleep(until - now, waiting);
      } else if (this.#running < this.#rule.concurrent) return;
      else await unlessAborted(this.#slot(), signal);
    }
  }

  #slot(): Promise<void> {
    return new Promise((resolve) => (this.#freed = resolve));
  }

  /** When the rule itself allows the next to begin. */
  #paced(): number {
    const { minimumGap = 0, rate } = this.#rule;
    const last = this.#starts.at(-1);
    const gap = last === undefined ? 0 : last + minimumGap;
    const oldest = rate === undefined ? undefined : this.#starts.at(-rate.requests);
    return oldest === undefined || rate === undefined ? gap : Math.max(gap, oldest + rate.per);
  }
}

/** The buckets of one tenant, for as long as we are connected to it. */
export class Buckets {
  readonly #clock: Clock;
  readonly #made = new Map<BucketName, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(name: BucketName): Pick<Bucket, 'enter' | 'pause' | 'past'> {
    const made = this.#made.get(name) ?? new Bucket(name, this.#clock);
    this.#made.set(name, made);
    return made;
  }
}

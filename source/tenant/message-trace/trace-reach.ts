import type { Attempt } from '../http/refusal.ts';
import { laterStart, traceStart, type TraceWindow } from './trace-windows.ts';

/** Clocks that differ by less do no harm, and answers take their time. Milliseconds. */
const SKEW = 60_000;

/** What may be asked of message trace now, by the tenant's clock. Times are epoch milliseconds. */
export class TraceReach {
  readonly #clock: { readonly now: () => number };
  /** The tenant's clock is so far ahead of ours. */
  #ahead = 0;
  #from = -Infinity;

  constructor(clock: { readonly now: () => number }) {
    this.#clock = clock;
  }

  /** What answers say of the tenant's clock. */
  heard(attempts: readonly Pick<Attempt, 'date' | 'endedAt'>[]): void {
    const last = attempts.findLast(({ date }) => typeof date === 'string');
    const ahead = Date.parse(last?.date ?? '') - Date.parse(last?.endedAt ?? '');
    if (!Number.isNaN(ahead)) this.#ahead = Math.abs(ahead) > SKEW ? ahead : 0;
  }

  /** By the last answer; by this machine's clock before any. */
  now(): number {
    return this.#clock.now() + this.#ahead;
  }

  /** The first moment that may be asked for, as far as it is known. */
  start(): number {
    return Math.max(traceStart(this.now()), this.#from);
  }

  /** Everything that may be asked for. */
  window(): TraceWindow {
    return { from: this.start(), to: this.now() };
  }

  /** The service refused `from` as too far back. From when to ask instead; null: there is nothing left to try. */
  after(from: number): number | null {
    const later = laterStart(from, this.now());
    if (later !== null) this.#from = Math.max(this.#from, later);
    return later;
  }
}

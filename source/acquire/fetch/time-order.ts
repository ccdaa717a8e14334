import type { TimeRange } from '../../domain/fetches/fetch.ts';

/** Whether records come in the order of time, newest or oldest first: then a break says what is missing. */
export class TimeOrder {
  #last: number | null = null;
  #rises = false;
  #falls = false;

  take(times: readonly string[]): void {
    for (const time of times) {
      const at = Date.parse(time);
      if (Number.isNaN(at)) continue;
      if (this.#last !== null) {
        this.#rises ||= at > this.#last;
        this.#falls ||= at < this.#last;
      }
      this.#last = at;
    }
  }

  /** The time of the last record; null: they come in no order, or all at one moment. */
  get last(): string | null {
    if (this.#last === null || this.#rises === this.#falls) return null;
    return new Date(this.#last).toISOString().replace('.000Z', 'Z');
  }

  /** What of the period may not have come yet: all of it where there is no order. */
  rest({ from, to }: TimeRange): TimeRange {
    const { last } = this;
    if (last === null) return { from, to };
    return this.#rises ? { from: last, to } : { from, to: last };
  }
}

import { hourOf } from '../../domain/fetches/fetch-status.ts';
import type { TimeRange } from '../../domain/fetches/fetch.ts';
import type { PageFacts } from '../../tenant/audit-search/page-facts.ts';
import type { KeptPage } from '../task/task-store.ts';
import { IdSet } from './id-set.ts';

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

/** What was read of a query. Filled while its pages are read. */
export interface QueryCounters {
  /** Records in each pass that came to its end. */
  readonly passes: number[];
  readonly ids: IdSet;
  readonly hours: Set<number>;
  /** Of the addresses that are asked for, normalised; and ids of the records from there. */
  readonly addresses: ReadonlySet<string>;
  readonly matching: IdSet;
  /** Records without an id of their own. */
  nameless: number;
  spoiled: boolean;
  /** Whether the records of the first pass came in the order of time. */
  readonly order: TimeOrder;
  /** Pages that become the source, in their order. */
  readonly kept: KeptPage[];
}

/** `addresses`: those that the query asks for; none: it asks for no address. */
export const newCounters = (addresses: readonly string[] = []): QueryCounters => ({
  passes: [],
  ids: new IdSet(),
  hours: new Set(),
  addresses: new Set(addresses),
  matching: new IdSet(),
  nameless: 0,
  spoiled: false,
  order: new TimeOrder(),
  kept: [],
});

/** Counts a page, and says how many of its records no page before it had. */
export const takeFacts = (counters: QueryCounters, facts: PageFacts, pass: number): number => {
  const before = counters.ids.size;
  for (const id of facts.ids) counters.ids.add(id);
  for (const time of facts.times) counters.hours.add(hourOf(time));
  for (const address of counters.addresses)
    for (const id of facts.addresses.get(address) ?? []) counters.matching.add(id);
  if (pass === 1) counters.order.take(facts.times);
  const nameless = facts.records - facts.ids.length;
  if (pass === 1) counters.nameless += nameless;
  return counters.ids.size - before;
};

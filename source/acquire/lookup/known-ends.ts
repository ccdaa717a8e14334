import { GrowingNumbers } from './numbers.ts';
import type { KnownEnd } from './lookup-strategy.ts';

/** How one service's lookups ended, by the number of the message: a byte each. */
export class KnownEnds {
  /** 0: not looked at; 1: it did not end; else the place in `#ends` and two. */
  readonly #codes = new GrowingNumbers(new Uint8Array(1024));
  /** Each of the few there are. */
  readonly #ends: KnownEnd[] = [];

  /** null: it did not end; undefined: it was not set. */
  get(number: number): KnownEnd | null | undefined {
    const code = this.#codes.get(number);
    return code === 0 ? undefined : (this.#ends[code - 2] ?? null);
  }

  set(number: number, known: KnownEnd | null): void {
    this.#codes.set(number, known === null ? 1 : this.#place(known) + 2);
  }

  #place({ end, how, now }: KnownEnd): number {
    const place = this.#ends.findIndex(
      (one) => one.end === end && one.how === how && one.now === now,
    );
    return place < 0 ? this.#ends.push({ end, how, now }) - 1 : place;
  }
}

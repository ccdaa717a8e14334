/** Numbers that are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True in so many of a hundred. */
  percent(of: number): boolean {
    return this.next() * 100 < of;
  }

  one<Value>(values: readonly [Value, ...Value[]] | readonly Value[]): Value {
    const value = values[this.between(0, values.length - 1)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }

  /** At least one of them, at most `most`, in their order. */
  some<Value>(values: readonly Value[], most: number): readonly Value[] {
    const wanted = Math.min(this.between(1, most), values.length);
    const chosen = new Set<Value>();
    while (chosen.size < wanted) chosen.add(this.one(values));
    return values.filter((value) => chosen.has(value));
  }
}

const FIRST_PLACES = 64;
/** Beyond, it is time to write them: some 20 MiB. */
const MOST = 500_000;
/** Of places: leaves 26 bits for the number of a context in one exact number. */
const PLACES = 0x800_0000;

const grown = <Numbers extends Uint32Array | Float64Array>(from: Numbers, to: Numbers): Numbers => {
  to.set(from);
  return to;
};

/**
 * The accesses of a batch: which context accessed which message, when first and last, how often. In
 * flat arrays, since a batch has as many as rows, and each would be an object that outlives the
 * garbage around it.
 */
export class AccessCounters {
  contexts = new Uint32Array(FIRST_PLACES);
  messages = new Uint32Array(FIRST_PLACES);
  /** Epoch milliseconds. */
  firsts = new Float64Array(FIRST_PLACES);
  lasts = new Float64Array(FIRST_PLACES);
  times = new Uint32Array(FIRST_PLACES);
  /** Places plus one, by a hash of context and message; 0: none. */
  #table = new Uint32Array(FIRST_PLACES * 2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get full(): boolean {
    return this.#size >= MOST;
  }

  /** `times`: 0 where a further variant of a record names what its first did. */
  add(context: number, message: number, time: number, times = 1): void {
    const mask = this.#table.length - 1;
    let slot = this.#slotOf(context, message, mask);
    for (;;) {
      const position = (this.#table[slot] as number) - 1;
      if (position < 0) break;
      if (this.contexts[position] === context && this.messages[position] === message) {
        if (time < (this.firsts[position] as number)) this.firsts[position] = time;
        if (time > (this.lasts[position] as number)) this.lasts[position] = time;
        this.times[position] = (this.times[position] as number) + times;
        return;
      }
      slot = (slot + 1) & mask;
    }
    const position = this.#size++;
    this.#table[slot] = position + 1;
    this.contexts[position] = context;
    this.messages[position] = message;
    this.firsts[position] = time;
    this.lasts[position] = time;
    this.times[position] = times;
    if (this.#size === this.contexts.length) this.#grow();
  }

  #slotOf(context: number, message: number, mask: number): number {
    const mixed = Math.imul(context, 0x9e37_79b1) ^ Math.imul(message, 0x85eb_ca6b);
    return (mixed ^ (mixed >>> 15)) & mask;
  }

  #grow(): void {
    const positions = this.contexts.length * 2;
    this.contexts = grown(this.contexts, new Uint32Array(positions));
    this.messages = grown(this.messages, new Uint32Array(positions));
    this.firsts = grown(this.firsts, new Float64Array(positions));
    this.lasts = grown(this.lasts, new Float64Array(positions));
    this.times = grown(this.times, new Uint32Array(positions));
    this.#table = new Uint32Array(positions * 2);
    const mask = this.#table.length - 1;
    for (let position = 0; position < this.#size; position += 1) {
      let slot = this.#slotOf(
        this.contexts[position] as number,
        this.messages[position] as number,
        mask,
      );
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = position + 1;
    }
  }

  /** Places in the order in which the database keeps accesses: by context. */
  byContext(): Uint32Array {
    const keys = new Float64Array(this.#size);
    for (let position = 0; position < keys.length; position += 1)
      keys[position] = (this.contexts[position] as number) * PLACES + position;
    keys.sort();
    const positions = new Uint32Array(keys.length);
    for (let at = 0; at < keys.length; at += 1) positions[at] = (keys[at] as number) % PLACES;
    return positions;
  }

  clear(): void {
    this.#size = 0;
    this.#table.fill(0);
  }
}

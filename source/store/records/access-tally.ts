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
export class AccessTally {
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
      const place = (this.#table[slot] as number) - 1;
      if (place < 0) break;
      if (this.contexts[place] === context && this.messages[place] === message) {
        if (time < (this.firsts[place] as number)) this.firsts[place] = time;
        if (time > (this.lasts[place] as number)) this.lasts[place] = time;
        this.times[place] = (this.times[place] as number) + times;
        return;
      }
      slot = (slot + 1) & mask;
    }
    const place = this.#size++;
    this.#table[slot] = place + 1;
    this.contexts[place] = context;
    this.messages[place] = message;
    this.firsts[place] = time;
    this.lasts[place] = time;
    this.times[place] = times;
    if (this.#size === this.contexts.length) this.#grow();
  }

  #slotOf(context: number, message: number, mask: number): number {
    const mixed = Math.imul(context, 0x9e37_79b1) ^ Math.imul(message, 0x85eb_ca6b);
    return (mixed ^ (mixed >>> 15)) & mask;
  }

  #grow(): void {
    const places = this.contexts.length * 2;
    this.contexts = grown(this.contexts, new Uint32Array(places));
    this.messages = grown(this.messages, new Uint32Array(places));
    this.firsts = grown(this.firsts, new Float64Array(places));
    this.lasts = grown(this.lasts, new Float64Array(places));
    this.times = grown(this.times, new Uint32Array(places));
    this.#table = new Uint32Array(places * 2);
    const mask = this.#table.length - 1;
    for (let place = 0; place < this.#size; place += 1) {
      let slot = this.#slotOf(this.contexts[place] as number, this.messages[place] as number, mask);
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = place + 1;
    }
  }

  /** Places in the order in which the database keeps accesses: by context. */
  byContext(): Uint32Array {
    const keys = new Float64Array(this.#size);
    for (let place = 0; place < keys.length; place += 1)
      keys[place] = (this.contexts[place] as number) * PLACES + place;
    keys.sort();
    const places = new Uint32Array(keys.length);
    for (let at = 0; at < keys.length; at += 1) places[at] = (keys[at] as number) % PLACES;
    return places;
  }

  clear(): void {
    this.#size = 0;
    this.#table.fill(0);
  }
}

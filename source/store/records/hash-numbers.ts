/** Entries held at the most, 12 MiB: beyond, an index in the database is asked. */
const MOST = 500_000;

const FIRST_SLOTS = 1024;
/** Below, tables grow fourfold. */
const LARGE_SLOTS = 0x4_0000;

const slotOf = (hash: number, mask: number): number => {
  // Of 53 bits the lowest 32: the hash mixes all characters into them.
  const low = hash | 0;
  return Math.imul(low ^ (low >>> 15), 0x2c1b3c6d) & mask;
};

/**
 * Numbers by the hash of what they stand for, in flat arrays: a map would cost the collector of
 * garbage more than the lookups do. Several numbers may share a hash: who looks compares the rest.
 */
export class HashNumbers {
  #hashes = new Float64Array(FIRST_SLOTS);
  /** 0: an empty slot. Numbers of rows begin with 1. */
  #numbers = new Uint32Array(FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;
  #complete = true;

  get size(): number {
    return this.#size;
  }

  /** False: more numbers came than are held, and none are. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Whether as many are held as should be. Adding more is no error; it costs memory. */
  get full(): boolean {
    return this.#complete && this.#size >= MOST;
  }

  giveUp(): void {
    this.#complete = false;
    this.#hashes = new Float64Array(0);
    this.#numbers = new Uint32Array(0);
  }

  add(hash: number, number: number): void {
    if (!this.#complete) return;
    if (this.#size * 2 >= this.#mask) this.#grow();
    this.#put(hash, number);
    this.#size += 1;
  }

  #put(hash: number, number: number): void {
    let slot = slotOf(hash, this.#mask);
    while (this.#numbers[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#hashes[slot] = hash;
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const numbers = this.#numbers;
    const slots = numbers.length * (numbers.length < LARGE_SLOTS ? 4 : 2);
    this.#mask = slots - 1;
    this.#hashes = new Float64Array(slots);
    this.#numbers = new Uint32Array(slots);
    for (let slot = 0; slot < numbers.length; slot += 1) {
      const number = numbers[slot] as number;
      if (number !== 0) this.#put(hashes[slot] as number, number);
    }
  }

  /** The first slot with this hash, -1 where there is none; `next` gives the others. */
  first(hash: number): number {
    return this.#from(slotOf(hash, this.#mask), hash);
  }

  next(slot: number, hash: number): number {
    return this.#from((slot + 1) & this.#mask, hash);
  }

  #from(start: number, hash: number): number {
    let slot = start;
    while (this.#numbers[slot] !== 0) {
      if (this.#hashes[slot] === hash) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  number(slot: number): number {
    return this.#numbers[slot] as number;
  }
}

import type { DatabaseSync } from 'node:sqlite';
import { idHash } from './keys.ts';

/** 2^24 bits, 2 MiB: with two million ids, one lookup in twenty is made in vain. */
const BITS = 0x100_0000;

/** A Bloom filter over `idHash`: what it does not hold was never added, and need not be looked for. */
export class SeenHashes {
  readonly #words = new Uint32Array(BITS / 32);

  add(hash: number): void {
    this.#set(hash % BITS);
    this.#set(Math.floor(hash / BITS) % BITS);
  }

  mayHold(hash: number): boolean {
    return this.#isSet(hash % BITS) && this.#isSet(Math.floor(hash / BITS) % BITS);
  }

  #set(bit: number): void {
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #isSet(bit: number): boolean {
    return (((this.#words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }
}

/** Filled with the `traceKey` of all that has metadata. */
export const tracedHashes = (db: DatabaseSync): SeenHashes => {
  const seen = new SeenHashes();
  for (const row of db.prepare('SELECT message_id FROM traces').iterate()) {
    seen.add(idHash(row['message_id'] as string));
  }
  return seen;
};

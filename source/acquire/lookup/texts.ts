import { GrowingNumbers } from './numbers.ts';

const BLOCK = 1_048_576;
const FIRST = 1024;

/** FNV-1a over UTF-16 code units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
};

/**
 * Texts, each once, by the order in which they came: 0, 1, 2… They lie outside of the heap, in some
 * bytes more than they have letters: a hundred thousand message ids as strings and in a Map take four
 * times that, and make the collector keep as much again.
 */
export class Texts {
  readonly #blocks: Buffer[] = [];
  #used = BLOCK;
  readonly #block = new GrowingNumbers(new Int32Array(FIRST));
  readonly #from = new GrowingNumbers(new Int32Array(FIRST));
  readonly #bytes = new GrowingNumbers(new Int32Array(FIRST));
  readonly #hash = new GrowingNumbers(new Int32Array(FIRST));
  /** Numbers of texts plus one, at their hash or behind it; 0: none. */
  #slots = new Int32Array(FIRST * 2);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(number: number): string {
    const from = this.#from.get(number);
    const block = this.#blocks[this.#block.get(number)];
    return block?.toString('utf8', from, from + this.#bytes.get(number)) ?? '';
  }

  /** Its number, or -1. */
  find(text: string): number {
    return (this.#slots[this.#slotOf(text, hashOf(text))] ?? 0) - 1;
  }

  /** Its number, which is a new one where the text was not there. */
  add(text: string): number {
    const hash = hashOf(text);
    const slot = this.#slotOf(text, hash);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    const number = this.#length;
    this.#keep(number, text, hash);
    this.#slots[slot] = number + 1;
    this.#length += 1;
    if (this.#length * 2 > this.#slots.length) this.#spread();
    return number;
  }

  #keep(number: number, text: string, hash: number): void {
    const bytes = Buffer.byteLength(text);
    if (this.#used + bytes > (this.#blocks.at(-1)?.length ?? 0)) {
      this.#blocks.push(Buffer.alloc(Math.max(BLOCK, bytes)));
      this.#used = 0;
    }
    this.#blocks.at(-1)?.write(text, this.#used);
    this.#block.set(number, this.#blocks.length - 1);
    this.#from.set(number, this.#used);
    this.#bytes.set(number, bytes);
    this.#hash.set(number, hash);
    this.#used += bytes;
  }

  /** Where the text is, or would go. */
  #slotOf(text: string, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0) return slot;
      if (this.#hash.get(number) === hash && this.at(number) === text) return slot;
    }
  }

  /** Twice as many slots. */
  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#length; number += 1) {
      let slot = this.#hash.get(number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

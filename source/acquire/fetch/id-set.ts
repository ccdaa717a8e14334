/** A guid as nearly all ids of records are: 128 bits, written in one way. */
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const FIRST_SLOTS = 1024;
/** Numbers of 32 bits that a guid is. */
const WORDS = 4;

const wordsOf = (guid: string): readonly [number, number, number, number] => {
  const hex = guid.replaceAll('-', '');
  const word = (at: number): number => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16);
  return [word(0), word(1), word(2), word(3)];
};

/**
 * A set of record ids, equal as texts are. A fetch holds those of all its records until its end, so
 * guids are kept as the 16 bytes they are, not as the hundred that a text in a Set takes.
 */
export class IdSet {
  #words = new Uint32Array(FIRST_SLOTS * WORDS);
  #guids = 0;
  /** What is no guid, or the guid of zeros, which stands for an empty slot. */
  readonly #others = new Set<string>();

  get size(): number {
    return this.#guids + this.#others.size;
  }

  add(id: string): void {
    const words = GUID.test(id) ? wordsOf(id) : null;
    if (words === null || words.every((word) => word === 0)) {
      this.#others.add(id);
      return;
    }
    if ((this.#guids + 1) * WORDS * 2 > this.#words.length) this.#grow();
    if (this.#put(words)) this.#guids += 1;
  }

  /** Whether it was not there before. */
  #put([first, second, third, fourth]: readonly [number, number, number, number]): boolean {
    const words = this.#words;
    const mask = words.length / WORDS - 1;
    let slot = (first ^ Math.imul(second, 0x2c1b_3c6d) ^ third ^ fourth) & mask;
    for (;;) {
      const at = slot * WORDS;
      const [one, two, three, four] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
      if (one === first && two === second && three === third && four === fourth) return false;
      if (one === 0 && two === 0 && three === 0 && four === 0) {
        words.set([first, second, third, fourth], at);
        return true;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += WORDS) {
      const [one = 0, two = 0, three = 0, four = 0] = before.subarray(at, at + WORDS);
      if (one !== 0 || two !== 0 || three !== 0 || four !== 0) this.#put([one, two, three, four]);
    }
  }
}

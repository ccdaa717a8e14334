/** A seeded source of chance: the same seed gives the same case, byte for byte, on every machine. */
export interface Random {
  /** 0 to 2^32 - 1. */
  next(): number;
  /** 0 to n - 1. */
  below(n: number): number;
  /** Both ends included. */
  between(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  guid(): string;
  hex(digits: number): string;
  text(alphabet: string, length: number): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A 32 bit hash of numbers, for what must be found again by its number (mail 17 of mailbox 4). */
export const hashOf = (...numbers: readonly number[]): number => {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number >>> 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
};

const hexOf = (word: number): string =>
  HEX[word >>> 24]! + HEX[(word >>> 16) & 255]! + HEX[(word >>> 8) & 255]! + HEX[word & 255]!;

/** sfc32 (Chris Doty-Humphrey): small, fast and well spread. A class, since a case makes millions. */
class Sfc32 implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = hashOf(seed, 1) | 0;
    this.#b = hashOf(seed, 2) | 0;
    this.#c = hashOf(seed, 3) | 0;
  }

  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  below(n: number): number {
    return Math.floor((this.next() / 4294967296) * n);
  }

  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(share: number): boolean {
    return this.next() < share * 4294967296;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += hexOf(this.next());
    return text.slice(0, digits);
  }

  guid(): string {
    const [a, b] = [hexOf(this.next()), hexOf(this.next())];
    const [c, d] = [hexOf(this.next()), hexOf(this.next())];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }

  text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet[this.below(alphabet.length)]!;
    return text;
  }
}

export const seededRandom = (seed: number): Random => new Sfc32(seed);

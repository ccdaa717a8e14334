/** A seeded source of chance: the same seed gives the same case, byte for byte, on every machine. */
export interface Random {
  /** 0 to 2^32 - 1. */
  readonly next: () => number;
  /** 0 to n - 1. */
  readonly below: (n: number) => number;
  /** Both ends included. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly guid: () => string;
  readonly hex: (digits: number) => string;
  readonly text: (alphabet: string, length: number) => string;
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

/** sfc32 (Chris Doty-Humphrey): small, fast and well spread. */
const sfc32 = (seed: number): (() => number) => {
  let a = hashOf(seed, 1) | 0;
  let b = hashOf(seed, 2) | 0;
  let c = hashOf(seed, 3) | 0;
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
};

export const seededRandom = (seed: number): Random => {
  const next = sfc32(seed);
  const below = (n: number): number => Math.floor((next() / 4294967296) * n);
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += hexOf(next());
    return text.slice(0, digits);
  };
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (share) => next() < share * 4294967296,
    pick: (list) => list[below(list.length)]!,
    guid: () => {
      const [a, b, c, d] = [hexOf(next()), hexOf(next()), hexOf(next()), hexOf(next())];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
    hex,
    text: (alphabet, length) => {
      let text = '';
      for (let i = 0; i < length; i += 1) text += alphabet[below(alphabet.length)]!;
      return text;
    },
  };
};

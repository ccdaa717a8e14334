/** Words of 32 bits per signature: with 256 bits, a row of a hundred letters leaves most of them free. */
export const SIGNATURE_WORDS = 8;
const BITS = SIGNATURE_WORDS * 32;

const bitOf = (text: string, at: number): number =>
  (Math.imul(text.charCodeAt(at), 31) + Math.imul(text.charCodeAt(at + 1), 17)) % BITS;

/** Sets the bits of all pairs of neighbouring characters of `text` in its row of the table. */
export const sign = (table: Uint32Array, row: number, text: string): void => {
  const base = row * SIGNATURE_WORDS;
  for (let at = 0; at + 1 < text.length; at += 1) {
    const bit = bitOf(text, at);
    const word = base + (bit >>> 5);
    table[word] = (table[word] ?? 0) | (1 << (bit & 31));
  }
};

/** The distinct bits of a word that is searched for. */
export const bitsOf = (term: string): readonly number[] => {
  const bits = new Set<number>();
  for (let at = 0; at + 1 < term.length; at += 1) bits.add(bitOf(term, at));
  return [...bits];
};

/** How many of the bits a row has. */
export const bitsIn = (table: Uint32Array, row: number, bits: readonly number[]): number => {
  const base = row * SIGNATURE_WORDS;
  let found = 0;
  for (const bit of bits) found += ((table[base + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1;
  return found;
};

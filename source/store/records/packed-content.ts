/**
 * What a record lists, as one blob: the number of folders, the folders, then the copies (messages
 * as seen in a folder), as variable-length integers.
 */
export interface Content {
  readonly folders: readonly number[];
  readonly copies: readonly number[];
}

/** Ordinals of the copies of one message: as many ways to see one are told apart. */
export const COPIES_PER_MESSAGE = 0x1_0000;

/** A copy as one number: which message, and which of the ways it was seen. */
export const copyNumber = (message: number, ordinal: number): number =>
  message * COPIES_PER_MESSAGE + ordinal;

export const messageOfCopy = (copy: number): number => Math.floor(copy / COPIES_PER_MESSAGE);
export const ordinalOfCopy = (copy: number): number => copy % COPIES_PER_MESSAGE;

export const packContent = (content: Content): Uint8Array => {
  const numbers = [content.folders.length, ...content.folders, ...content.copies];
  const bytes = new Uint8Array(numbers.length * 8);
  let length = 0;
  for (let number of numbers) {
    while (number >= 0x80) {
      bytes[length++] = (number & 0x7f) | 0x80;
      number = Math.floor(number / 0x80);
    }
    bytes[length++] = number;
  }
  return bytes.subarray(0, length);
};

export const unpackContent = (bytes: Uint8Array): Content => {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
      scale = 1;
    }
  }
  const folders = numbers[0] ?? 0;
  return { folders: numbers.slice(1, 1 + folders), copies: numbers.slice(1 + folders) };
};

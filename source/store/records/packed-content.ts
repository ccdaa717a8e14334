import { damagedRecords } from '../../domain/disk-trouble.ts';

/**
 * What a record lists, as one blob: the number of folders, the folders under the names that it gives
 * them (`namedFolderNumber`), then the copies (messages as seen in a folder), as variable-length
 * integers.
 */
export interface Content {
  readonly namedFolders: readonly number[];
  readonly copies: readonly number[];
}

/** Ordinals of the names of one folder: as many are told apart. */
export const NAMES_PER_FOLDER = 0x1000;

/** A folder and one of the names that records give it, as one number. */
export const namedFolderNumber = (folder: number, ordinal: number): number =>
  folder * NAMES_PER_FOLDER + ordinal;

export const folderOfNamed = (named: number): number => Math.floor(named / NAMES_PER_FOLDER);
export const ordinalOfNamed = (named: number): number => named % NAMES_PER_FOLDER;

/** Ordinals of the copies of one message: as many ways to see one are told apart. */
export const COPIES_PER_MESSAGE = 0x1_0000;

/** A copy as one number: which message, and which of the ways it was seen. */
export const copyNumber = (message: number, ordinal: number): number =>
  message * COPIES_PER_MESSAGE + ordinal;

export const messageOfCopy = (copy: number): number => Math.floor(copy / COPIES_PER_MESSAGE);
export const ordinalOfCopy = (copy: number): number => copy % COPIES_PER_MESSAGE;

/** The messages of a record's copies, each once. */
export const messagesOf = (copies: readonly number[]): readonly number[] => {
  const messages = copies.map(messageOfCopy);
  return messages.length < 2 ? messages : [...new Set(messages)];
};

/** Bytes of the largest number: 53 bits, seven to a byte. */
const LONGEST = 8;

/** Writes a number at `at`; where the next one stands. */
const pack = (bytes: Uint8Array, at: number, number: number): number => {
  let rest = number;
  let end = at;
  // Shifts are for 32 bits, and few numbers are larger.
  while (rest > 0x7fff_ffff) {
    bytes[end++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  while (rest >= 0x80) {
    bytes[end++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[end++] = rest;
  return end;
};

/** Packs into `room` where that is large enough: what it gives is good until the next call. */
export const packContent = (content: Content, room: Uint8Array): Uint8Array => {
  const { namedFolders, copies } = content;
  const most = (1 + namedFolders.length + copies.length) * LONGEST;
  const bytes = most <= room.length ? room : new Uint8Array(most);
  let length = pack(bytes, 0, namedFolders.length);
  for (const folder of namedFolders) length = pack(bytes, length, folder);
  for (const copy of copies) length = pack(bytes, length, copy);
  return bytes.subarray(0, length);
};

/**
 * `folders`: those of `namedFolders`, in their order.
 * @throws Problem where it is no blob: records.db is damaged.
 */
export const unpackContent = (
  bytes: unknown,
): Content & { readonly folders: readonly number[] } => {
  if (!(bytes instanceof Uint8Array)) throw damagedRecords('a record in it lists nothing readable');
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
  const namedFolders = numbers.slice(1, 1 + folders);
  return {
    namedFolders,
    folders: namedFolders.map(folderOfNamed),
    copies: numbers.slice(1 + folders),
  };
};

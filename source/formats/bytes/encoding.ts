import { isUtf8 } from 'node:buffer';
import type { Layout, RowContent } from '../format.ts';

export type Encoding = Layout['encoding'];

/** How many bytes at the start decide about UTF-16 without a mark: headers and keys are ASCII. */
const PROBE = 64;

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  bytes.length >= mark.length && mark.every((byte, at) => bytes[at] === byte);

/**
 * UTF-16 without a byte order mark, as historical search writes it (little endian): among the first
 * 64 bytes every second one is zero and no other is. `low`: where the low byte of a unit stands.
 */
const looksUtf16 = (head: Uint8Array, low: 0 | 1): boolean => {
  const probe = head.subarray(0, Math.min(PROBE, head.length & ~1));
  if (probe.length < 4) return false;
  let zeroHighs = 0;
  for (let at = 0; at < probe.length; at += 2) {
    if (probe[at + low] === 0) return false;
    if (probe[at + 1 - low] === 0) zeroHighs += 1;
  }
  return zeroHighs * 2 >= probe.length * 0.9;
};

/** Cuts a UTF-8 character that the end of the head splits, so that it does not count as invalid. */
const wholeCharacters = (head: Uint8Array): Uint8Array => {
  let at = head.length;
  for (let back = 0; back < 3 && at > 0 && ((head[at - 1] ?? 0) & 0xc0) === 0x80; back++) at -= 1;
  return (head[at - 1] ?? 0) >= 0xc0 ? head.subarray(0, at - 1) : head;
};

/**
 * The encoding of a text file from its first bytes. Anything that is not valid UTF-8 counts as
 * `latin1` (in fact windows-1252), the last resort.
 */
export const detectEncoding = (head: Uint8Array, whole: boolean): Encoding => {
  if (startsWith(head, 0xff, 0xfe) || looksUtf16(head, 0)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff) || looksUtf16(head, 1)) return 'utf-16be';
  return isUtf8(whole ? head : wholeCharacters(head)) ? 'utf-8' : 'latin1';
};

/** Whole UTF-16 units with their bytes the other way round, in a buffer of their own. */
export const swapped = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();

const windows1252 = new TextDecoder('windows-1252');

/**
 * Text of a range of bytes as the splitters see them: UTF-8, or windows-1252 where the range is
 * not valid UTF-8. Decided per range, so that one badly encoded row does not spoil a file, and
 * the same row reads the same whatever surrounds it.
 */
export const decodeText = (bytes: Buffer, start: number, end: number): string => {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\uFFFD')) return text;
  const range = bytes.subarray(start, end);
  return isUtf8(range) ? text : windows1252.decode(range);
};

/** Text of bytes as they stand in the file. */
export const decodeStored = (bytes: Uint8Array, encoding: Encoding): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be')
    return decodeText(buffer, 0, buffer.length);
  const units = encoding === 'utf-16be' ? swapped(buffer) : buffer;
  return units.toString('utf16le', 0, units.length & ~1).replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
};

export const READ_AS_WINDOWS_1252 = 'not valid UTF-8, read as Windows-1252';

/** Says so in the row where its text had to be read in the encoding of last resort. */
export const notingEncoding = (content: RowContent, misencoded: boolean): RowContent =>
  content.kind === 'audit' && misencoded
    ? { ...content, losses: [...content.losses, READ_AS_WINDOWS_1252] }
    : content;

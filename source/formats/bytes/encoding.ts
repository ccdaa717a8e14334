import { isUtf8 } from 'node:buffer';
import type { Layout } from '../format.ts';

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

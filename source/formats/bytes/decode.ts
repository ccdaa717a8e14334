import { isUtf8 } from 'node:buffer';
import type { Encoding } from './encoding.ts';
import { swapped } from './utf16be-stream.ts';

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

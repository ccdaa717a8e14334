import type { Encoding } from './encoding.ts';
import { Utf16beStream } from './utf16be-stream.ts';
import { Utf16leStream } from './utf16le-stream.ts';

/**
 * Bytes of a file as the splitters want them, where every structural character is one ASCII byte:
 * UTF-8 and latin1 as they are, UTF-16 turned into UTF-8.
 */
export interface TextStream {
  push(chunk: Uint8Array): Buffer;
  end(): Buffer;
  /** The offset in the file as stored of an offset in this stream. Ask in rising order only. */
  stored(offset: number): number;
}

const asBuffer = (chunk: Uint8Array): Buffer =>
  Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

const plainStream = (): TextStream => ({
  push: asBuffer,
  end: () => Buffer.alloc(0),
  stored: (offset) => offset,
});

export const openTextStream = (encoding: Encoding): TextStream => {
  switch (encoding) {
    case 'utf-16le':
      return new Utf16leStream();
    case 'utf-16be':
      return new Utf16beStream();
    case 'utf-8':
    case 'latin1':
      return plainStream();
  }
};

/** All of a file's text at once, as a splitter would see it. */
export const wholeText = (encoding: Encoding, bytes: Uint8Array): Buffer => {
  const stream = openTextStream(encoding);
  return Buffer.concat([stream.push(bytes), stream.end()]);
};

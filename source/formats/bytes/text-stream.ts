import { type Encoding, swapped } from './encoding.ts';

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

/** A transcoded chunk still needed to map offsets; `bytes` null where it is all ASCII, so 1 to 1. */
interface Transcoded {
  readonly start: number;
  readonly end: number;
  readonly units: number;
  readonly bytes: Buffer | null;
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/**
 * UTF-16LE to UTF-8 in chunks. The number of UTF-16 units survives transcoding (a lone surrogate
 * becomes U+FFFD, one unit too), so a place in the file is twice the units before it.
 */
export class Utf16leStream implements TextStream {
  #carry: Buffer = Buffer.alloc(0);
  #length = 0;
  #units = 0;
  #ranges: Transcoded[] = [];
  #askedOffset = 0;
  #askedUnits = 0;

  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#carry, chunk]);
    let usable = bytes.length & ~1;
    if (usable >= 2 && isHighSurrogate(bytes.readUInt16LE(usable - 2))) usable -= 2;
    this.#carry = Buffer.from(bytes.subarray(usable));
    return this.#transcode(bytes.toString('utf16le', 0, usable));
  }

  /** A lone surrogate held back becomes U+FFFD; an odd last byte is no character. */
  end(): Buffer {
    return this.#transcode(this.#carry.toString('utf16le', 0, this.#carry.length & ~1));
  }

  stored(offset: number): number {
    let range = this.#ranges[0];
    while (range !== undefined && this.#ranges.length > 1 && range.end <= offset) {
      this.#ranges.shift();
      range = this.#ranges[0];
    }
    if (range === undefined) return 0;
    if (range.start > this.#askedOffset) {
      this.#askedOffset = range.start;
      this.#askedUnits = range.units;
    }
    const { bytes, start } = range;
    this.#askedUnits +=
      bytes === null
        ? offset - this.#askedOffset
        : bytes.toString('utf8', this.#askedOffset - start, offset - start).length;
    this.#askedOffset = offset;
    return this.#askedUnits * 2;
  }

  #transcode(text: string): Buffer {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length === 0) return bytes;
    const start = this.#length;
    this.#ranges.push({
      start,
      end: start + bytes.length,
      units: this.#units,
      bytes: bytes.length === text.length ? null : bytes,
    });
    this.#length += bytes.length;
    this.#units += text.length;
    return bytes;
  }
}

/** UTF-16BE to UTF-8 in chunks: the units the other way round, and then as UTF-16LE. */
class Utf16beStream implements TextStream {
  readonly #stream = new Utf16leStream();
  #carry: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#carry, chunk]);
    this.#carry = Buffer.from(bytes.subarray(bytes.length & ~1));
    return this.#stream.push(swapped(bytes));
  }

  /** An odd last byte is no character. */
  end(): Buffer {
    return this.#stream.end();
  }

  stored(offset: number): number {
    return this.#stream.stored(offset);
  }
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

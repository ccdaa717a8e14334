import type { TextStream } from './text-stream.ts';

/** A transcoded chunk still needed to map offsets; `bytes` null where it is all ASCII, so 1 to 1. */
interface TimeRange {
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
  #ranges: TimeRange[] = [];
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

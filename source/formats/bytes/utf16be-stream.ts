import type { TextStream } from './text-stream.ts';
import { Utf16leStream } from './utf16le-stream.ts';

/** Whole UTF-16 units with their bytes the other way round, in a buffer of their own. */
export const swapped = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();

/** UTF-16BE to UTF-8 in chunks: the units the other way round, and then as UTF-16LE. */
export class Utf16beStream implements TextStream {
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

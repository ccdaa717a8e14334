import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Problem } from '../../domain/problem.ts';
import { type BytesRead, diskProblem } from './input.ts';

const CHUNK = 256 * 1024;
/** Smaller, since a packed chunk may grow a thousandfold at once. */
const PACKED_CHUNK = 64 * 1024;

/** A range of a file; `end` exclusive, without it to the end of the file. */
export interface ByteRange {
  readonly path: string;
  readonly start?: number;
  readonly end?: number;
  readonly chunk?: number;
}

/** The bytes of a file, in chunks. Failures of the disk come as a `Problem`. */
export async function* fileBytes(
  { path, start = 0, end, chunk: highWaterMark = CHUNK }: ByteRange,
  signal: AbortSignal,
  onRead?: BytesRead,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  if (end !== undefined && end <= start) return;
  const last = end === undefined ? {} : { end: end - 1 };
  // Streams such as /dev/fd/63 cannot be read from a position, not even from 0.
  const first = start === 0 && end === undefined ? {} : { start };
  const stream = createReadStream(path, { highWaterMark, signal, ...first, ...last });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      onRead?.(chunk.length);
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    const words = diskProblem(error);
    throw words === null
      ? error
      : new Problem('The file could not be read.', words, { cause: error });
  } finally {
    stream.destroy();
  }
}

/** Packed bytes to be unpacked, which may be read twice; only the first reading counts as progress. */
export const packedBytes = (
  range: ByteRange,
  signal: AbortSignal,
  onRead?: BytesRead,
): (() => AsyncGenerator<Uint8Array>) => {
  let counting = onRead;
  return () => {
    const count = counting;
    counting = undefined;
    return fileBytes({ ...range, chunk: PACKED_CHUNK }, signal, count);
  };
};

/** Up to `length` bytes from the start of a file. */
export const headOf = async (path: string, length: number): Promise<Uint8Array> => {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** SHA-256 of a whole file, in hex. */
export const sha256Of = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of fileBytes({ path }, signal)) hash.update(chunk);
  return hash.digest('hex');
};

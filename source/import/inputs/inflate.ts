import { constants, createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { DamagedInput } from './input.ts';

const HINT =
  'What could be read was kept. Get the file again from where it came from for the rest.';

/** Gives the packed bytes from their start, each time it is called. */
export type PackedBytes = () => AsyncIterable<Uint8Array>;

/** An engine fed by hand: what a write gives comes back from it, a failure is kept for the asking. */
class Unpacker {
  readonly #engine: Gunzip | InflateRaw;
  readonly #out: Uint8Array[] = [];
  failure: Error | null = null;
  /** Nothing more is taken: the packed data has its end here. */
  #ended = false;

  constructor(engine: Gunzip | InflateRaw) {
    this.#engine = engine;
    engine.on('data', (chunk: Buffer) => this.#out.push(chunk));
    engine.on('error', (error) => {
      this.failure = error;
    });
    engine.on('end', () => {
      this.#ended = true;
    });
  }

  async #step(start: (engine: Gunzip | InflateRaw, done: () => void) => void) {
    if (this.failure === null && !this.#ended)
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#engine.off('error', done).off('end', done);
          resolve();
        };
        // An engine that has enough ends without calling back for the write.
        this.#engine.once('error', done).once('end', done);
        start(this.#engine, done);
      });
    return this.#out.splice(0);
  }

  async write(bytes: Uint8Array): Promise<Uint8Array[]> {
    const before = this.#engine.bytesWritten;
    const out = await this.#step((engine, done) => engine.write(bytes, done));
    // Zeros behind the end fill up a block of a tape or disk; anything else was meant to be read.
    const rest = this.#ended ? bytes.subarray(this.#engine.bytesWritten - before) : [];
    if (rest.some((byte) => byte !== 0)) this.failure = new Error('data behind the end');
    return out;
  }

  /** All that is left, before the engine says whether that was everything. */
  flush(): Promise<Uint8Array[]> {
    return this.#step((engine, done) => engine.flush(constants.Z_SYNC_FLUSH, done));
  }

  end(): Promise<Uint8Array[]> {
    return this.#step((engine) => engine.end());
  }

  close(): void {
    this.#engine.destroy();
  }
}

const isCutShort = (error: Error): boolean => 'code' in error && error.code === 'Z_BUF_ERROR';

const damaged = (error: Error): DamagedInput =>
  isCutShort(error)
    ? new DamagedInput('The compressed data is cut short.', HINT, { cause: error })
    : new DamagedInput('The compressed data is damaged.', HINT, { cause: error });

/** A chunk in pieces of `size` bytes, but for what stands before `from`, which goes in one. */
function* piecesOf(chunk: Uint8Array, from: number, size: number): Generator<Uint8Array> {
  const start = Math.min(Math.max(0, from), chunk.length);
  if (start > 0) yield chunk.subarray(0, start);
  for (let at = start; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
}

/** How many unpacked bytes went out so far, over all passes. */
interface Given {
  bytes: number;
}

/** Unpacks from the start and gives what was not given before; returns the offset of the failing piece. */
async function* salvagePass(
  packed: PackedBytes,
  unpacker: Unpacker,
  pieces: { readonly from: number; readonly size: number },
  given: Given,
): AsyncGenerator<Uint8Array, number> {
  let offset = 0;
  let known = given.bytes;
  for await (const chunk of packed())
    for (const piece of piecesOf(chunk, pieces.from - offset, pieces.size)) {
      for (const out of await unpacker.write(piece)) {
        const fresh = out.subarray(Math.min(known, out.length));
        known -= out.length - fresh.length;
        given.bytes += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      if (unpacker.failure !== null) return offset;
      offset += piece.length;
    }
  return offset;
}

/**
 * A failing write takes with it what it had unpacked so far. So all is unpacked once more, in small
 * pieces from the offset of the failing write on, then in single bytes from the failing piece on.
 */
async function* salvage(
  packed: PackedBytes,
  engine: () => Gunzip | InflateRaw,
  failing: number,
  given: Given,
): AsyncGenerator<Uint8Array> {
  let from = failing;
  for (const size of [512, 1]) {
    const unpacker = new Unpacker(engine());
    try {
      from = yield* salvagePass(packed, unpacker, { from, size }, given);
    } finally {
      unpacker.close();
    }
  }
}

async function* unpacked(
  packed: PackedBytes,
  engine: () => Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const unpacker = new Unpacker(engine());
  let offset = 0;
  const given = { bytes: 0 };
  try {
    for await (const chunk of packed()) {
      const out = await unpacker.write(chunk);
      for (const { length } of out) given.bytes += length;
      yield* out;
      if (unpacker.failure !== null) break;
      offset += chunk.length;
    }
    yield* await unpacker.flush();
    yield* await unpacker.end();
  } finally {
    unpacker.close();
  }
  if (unpacker.failure === null) return;
  // Data that is only cut short was given to its end by the flush.
  if (!isCutShort(unpacker.failure)) yield* salvage(packed, engine, offset, given);
  throw damaged(unpacker.failure);
}

/** The content of a gzip stream, of all its members one after the other. */
export const gunzipped = (packed: PackedBytes): AsyncGenerator<Uint8Array> =>
  unpacked(packed, createGunzip);

/** The content of a raw deflate stream. */
export const inflated = (packed: PackedBytes): AsyncGenerator<Uint8Array> =>
  unpacked(packed, createInflateRaw);

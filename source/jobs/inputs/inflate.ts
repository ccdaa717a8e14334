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

/**
 * A failing write takes with it what it had unpacked so far. So all is unpacked once more, the failing
 * chunk byte by byte, and what goes beyond the `given` bytes is the rest of what can be read.
 */
async function* salvage(
  packed: PackedBytes,
  unpacker: Unpacker,
  failing: number,
  given: number,
): AsyncGenerator<Uint8Array> {
  let known = given;
  let index = 0;
  for await (const chunk of packed()) {
    const pieces = index === failing ? Array.from(chunk, (byte) => Uint8Array.of(byte)) : [chunk];
    index += 1;
    for (const piece of pieces) {
      for (const out of await unpacker.write(piece)) {
        if (out.length > known) yield out.subarray(known);
        known = Math.max(0, known - out.length);
      }
      if (unpacker.failure !== null) return;
    }
  }
}

async function* unpacked(
  packed: PackedBytes,
  engine: () => Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const unpacker = new Unpacker(engine());
  let index = 0;
  let given = 0;
  try {
    for await (const chunk of packed()) {
      const out = await unpacker.write(chunk);
      given += out.reduce((sum, { length }) => sum + length, 0);
      yield* out;
      if (unpacker.failure !== null) break;
      index += 1;
    }
    yield* await unpacker.flush();
    yield* await unpacker.end();
  } finally {
    unpacker.close();
  }
  if (unpacker.failure === null) return;
  // Data that is only cut short was given to its end by the flush.
  if (!isCutShort(unpacker.failure)) {
    const again = new Unpacker(engine());
    try {
      yield* salvage(packed, again, index, given);
    } finally {
      again.close();
    }
  }
  throw damaged(unpacker.failure);
}

/** The content of a gzip stream, of all its members one after the other. */
export const gunzipped = (packed: PackedBytes): AsyncGenerator<Uint8Array> =>
  unpacked(packed, createGunzip);

/** The content of a raw deflate stream. */
export const inflated = (packed: PackedBytes): AsyncGenerator<Uint8Array> =>
  unpacked(packed, createInflateRaw);

import { constants, createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { DamagedInput } from './input.ts';

const HINT =
  'What could be read was kept. Get the file again from where it came from for the rest.';

const damaged = (error: Error): DamagedInput =>
  'code' in error && error.code === 'Z_BUF_ERROR'
    ? new DamagedInput('The compressed data is cut short.', HINT, { cause: error })
    : new DamagedInput('The compressed data is damaged.', HINT, { cause: error });

/**
 * Feeds an engine by hand and takes what comes out after each write: unlike in a pipeline, what was
 * unpacked before an error is not lost with the stream's buffers.
 */
async function* unpacked(
  source: AsyncIterable<Uint8Array>,
  engine: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = [];
  let failure: Error | null = null;
  engine.on('data', (chunk: Buffer) => out.push(chunk));
  engine.on('error', (error) => (failure = error));
  const step = (start: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      engine.once('error', resolve);
      start(() => {
        engine.off('error', resolve);
        resolve();
      });
    });
  try {
    for await (const chunk of source) {
      await step((done) => engine.write(chunk, done));
      yield* out.splice(0);
      if (failure !== null) throw damaged(failure);
    }
    // First all there is, then the engine's word on whether that was everything.
    await step((done) => engine.flush(constants.Z_SYNC_FLUSH, done));
    yield* out.splice(0);
    if (failure === null) await step((done) => engine.once('end', done).end());
    yield* out.splice(0);
    if (failure !== null) throw damaged(failure);
  } finally {
    engine.destroy();
  }
}

/** The content of a gzip stream, of all its members one after the other. */
export const gunzipped = (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
  unpacked(source, createGunzip());

/** The content of a raw deflate stream. */
export const inflated = (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
  unpacked(source, createInflateRaw());

import { once } from 'node:events';
import type { Output } from './command.ts';

const CHUNK = 64 * 1024;

/** Node's stream errors carry a code; a closed pipe is the reader's right and no error of ours. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'EOF');

const waitForRoom = async (stream: Output): Promise<void> => {
  const stop = new AbortController();
  try {
    // `close` too: a reader that goes away never drains.
    await Promise.race([
      once(stream, 'drain', { signal: stop.signal }),
      once(stream, 'close', { signal: stop.signal }),
    ]);
  } finally {
    stop.abort();
  }
};

const writeChunk = async (stream: Output, text: string): Promise<boolean> => {
  if (stream.destroyed || !stream.writable) return false;
  if (!stream.write(text)) await waitForRoom(stream);
  return !stream.destroyed;
};

/**
 * Writes texts as they come, in chunks of about 64 KiB, at the pace of the reader. Ends early, without
 * an error, when the reader closes the pipe; throws the reason of an abort, and any other write error.
 */
export const writePaced = async (
  stream: Output,
  texts: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> => {
  let failure: unknown = null;
  const onError = (error: unknown) => {
    failure = error;
  };
  stream.on('error', onError);
  try {
    let pending = '';
    for await (const text of texts) {
      signal.throwIfAborted();
      pending += text;
      if (pending.length < CHUNK) continue;
      if (!(await writeChunk(stream, pending))) return;
      pending = '';
      // A generator over a database never yields to the event loop by itself; Ctrl-C needs it to.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (pending !== '') await writeChunk(stream, pending);
    // One turn, so that the error of the last write arrives while we listen.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  } finally {
    stream.off('error', onError);
  }
  if (failure !== null && !isClosedPipe(failure)) throw failure;
};

import { Problem } from '../domain/problem.ts';
import type { Output } from './command.ts';

const CHUNK = 64 * 1024;

/** Node's stream errors carry a code; a closed pipe is the reader's right and no error of ours. */
export const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'EOF');

const outputProblem = (error: unknown): Problem =>
  new Problem(
    `The output could not be written: ${error instanceof Error ? error.message : String(error)}`,
    'What was written so far is not whole. Make room, or write elsewhere.',
    { cause: error },
  );

/** Resolves when the chunk is written, or can no longer be: that sets the pace, and loses no end. */
const written = (stream: Output, text: string): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stream.off('close', done);
      resolve();
    };
    // A reader that goes away may leave a write without an answer.
    stream.once('close', done);
    stream.write(text, done);
  });

const writeChunk = async (stream: Output, text: string): Promise<boolean> => {
  if (stream.destroyed || !stream.writable) return false;
  await written(stream, text);
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
  if (failure !== null && !isClosedPipe(failure)) throw outputProblem(failure);
};

import type { BytesRead, InputFinding } from './input.ts';
import { lookAhead, PACKING_HEAD, packingOf } from './packing.ts';
import { spool } from './spool.ts';
import { inputsIn, type Opener } from './stored-input.ts';

/** A stream's chunks as they come; cancelled at once, also while nothing comes. */
export async function* arriving(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  onRead?: BytesRead,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const chunks = source[Symbol.asyncIterator]();
  let stopWaiting: (reason: unknown) => void = () => undefined;
  const cancel = (): void => stopWaiting(signal.reason);
  signal.addEventListener('abort', cancel);
  // Not Promise.race against one promise for all: that one would hold each chunk to the end.
  const nextChunk = (): Promise<IteratorResult<Uint8Array, unknown>> =>
    new Promise((resolve, reject) => {
      stopWaiting = reject;
      chunks.next().then(resolve, reject);
    });
  let ended = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await nextChunk();
      if (next.done === true) {
        ended = true;
        return;
      }
      onRead?.(next.value.length);
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    // Not awaited: a source that waits for its next bytes answers only when they come.
    if (!ended) chunks.return?.().catch(() => undefined);
  }
}

/** A stream is read as it comes, unless it is packed: then it is put down on disk first. */
export async function* inputsOfStream(
  file: string,
  open: Opener,
  signal: AbortSignal,
): AsyncGenerator<InputFinding> {
  let onRead: BytesRead | undefined;
  let early = 0;
  const source = open(signal, (count) => {
    if (onRead === undefined) early += count;
    else onRead(count);
  });
  const { head, bytes } = await lookAhead(source, PACKING_HEAD);
  if (packingOf(head) === null) {
    const reading: Opener = (_signal, to) => {
      onRead = to;
      to?.(early);
      return bytes;
    };
    const whole = { bytes: null, storedBytes: null, container: null, path: null };
    yield { found: 'input', input: { file, ...whole, open: reading } };
    return;
  }
  const spooled = await spool(bytes);
  try {
    const { path, size } = spooled;
    yield* inputsIn({ file, path, size, shownPath: null }, signal);
  } finally {
    await spooled.discard();
  }
}

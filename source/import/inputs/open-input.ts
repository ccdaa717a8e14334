import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBytes, headOf, packedBytes, sha256Of } from './file-bytes.ts';
import { gunzipped } from './inflate.ts';
import type { BytesRead, Input, InputFinding } from './input.ts';
import { lookAhead, PACKING_HEAD, packingOf } from './packing.ts';
import { zipEntries } from './zip-entries.ts';

export type Opener = Input['open'];

interface StoredFile {
  readonly file: string;
  readonly path: string;
  readonly size: number;
  /** null where the file is only a spool. */
  readonly shownPath: string | null;
}

/** What lies in one file on disk: itself, the content of a .gz, or the files of a .zip. */
export async function* inputsIn(
  { file, path, size, shownPath }: StoredFile,
  signal: AbortSignal,
): AsyncGenerator<InputFinding> {
  const packing = packingOf(await headOf(path, PACKING_HEAD));
  if (packing === null) {
    const open: Opener = (...to) => fileBytes({ path }, ...to);
    const input = { file, bytes: size, storedBytes: size, container: null, path: shownPath, open };
    yield { found: 'input', input };
    return;
  }
  const sha256 = await sha256Of(path, signal);
  if (packing === 'zip') {
    yield* zipEntries({ path, file, sha256, shownPath });
    return;
  }
  const open: Opener = (reading, onRead) => gunzipped(packedBytes({ path }, reading, onRead));
  const container = { file, sha256 };
  const input = { file, bytes: null, storedBytes: size, container, path: shownPath, open };
  yield { found: 'input', input };
}

/** A stream put down on disk, readable by nobody else; `discard` takes it away again. */
interface Spool {
  readonly path: string;
  readonly size: number;
  readonly discard: () => Promise<void>;
}

/**
 * Archives are read from their end, so one that comes through a pipe must lie somewhere first. It is
 * evidence: the folder is 0700, the file 0600.
 */
const spool = async (source: AsyncIterable<Uint8Array>): Promise<Spool> => {
  const folder = await mkdtemp(join(tmpdir(), 'mia-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'input');
  try {
    const file = await open(path, 'wx', 0o600);
    let size = 0;
    try {
      for await (const chunk of source) {
        await file.writeFile(chunk);
        size += chunk.length;
      }
    } finally {
      await file.close();
    }
    return { path, size, discard };
  } catch (error) {
    await discard();
    throw error;
  }
};

/** A stream's chunks as they come; cancelled at once, also while nothing comes. */
export async function* cancellable(
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

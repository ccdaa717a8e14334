import type { Problem } from '../domain/problem.ts';
import type { ImportedSource, ImportEvent } from './import-events.ts';
import { importPaths } from './import-paths.ts';

/** A piece of what a tenant answered, in its order. */
export interface Piece {
  readonly body: Uint8Array;
  /** Rows in it: what an import could emit the format by. */
  readonly rows: number;
}

export interface PiecesOrder {
  /** The case folder. */
  readonly folder: string;
  /** What the source is called. */
  readonly file: string;
  readonly analyst: string;
  readonly signal: AbortSignal;
  readonly emit: (
    event: { readonly event: 'arrived' } | { readonly event: 'note'; readonly text: string },
  ) => void;
  /** Another import into the case goes first. */
  readonly onWait: () => void;
  /** The Problem where an import refuses what it is given. */
  readonly refusal: (problem: string) => Problem;
}

/** Pieces up to the first with a row: an import can't emit what an empty one is. */
const lookForRows = async (
  pieces: AsyncGenerator<Piece>,
): Promise<readonly Uint8Array[] | null> => {
  const held: Uint8Array[] = [];
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return null;
    held.push(next.value.body);
    if (next.value.rows > 0) return held;
  }
};

/** Follows the import; what it says of its rows goes on to whoever listens. */
const follow = async (
  { emit, onWait, refusal }: PiecesOrder,
  events: AsyncIterable<ImportEvent>,
): Promise<ImportedSource | null> => {
  let source: ImportedSource | null = null;
  for await (const event of events)
    switch (event.event) {
      case 'source':
        source = event.source;
        break;
      case 'arrived':
        emit({ event: 'arrived' });
        break;
      case 'waiting':
        onWait();
        break;
      case 'note':
        emit({ event: 'note', text: `${event.file}: ${event.text}` });
        break;
      case 'refused':
      case 'failed':
        throw refusal(event.problem);
      case 'progress':
      case 'finished':
      case 'cancelled':
        break;
    }
  return source;
};

/**
 * Imports what a tenant answers, while it comes, as one fetched source; null: no piece has a row. All
 * pieces are taken to their end. When this throws, nothing of it is in the case.
 * @throws what `pieces` throws, Problem, the signal's reason.
 */
export const importPieces = async (
  order: PiecesOrder,
  pieces: AsyncGenerator<Piece>,
): Promise<ImportedSource | null> => {
  const { folder, file, analyst, signal } = order;
  const held = await lookForRows(pieces);
  if (held === null) return null;
  const control = new AbortController();
  const abort = (): void => control.abort(signal.reason);
  let failure: { readonly error: unknown } | null = null;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* held;
      for await (const { body } of pieces) yield body;
    } catch (error) {
      failure = { error };
      // The import must end without a source: what it was given is not all.
      control.abort(error);
    }
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const events = importPaths({
      ...{ folder, paths: ['-'], stdin: content(), stdinName: file, keep: true, analyst },
      origin: 'fetched',
      signal: control.signal,
    });
    const source = await follow(order, events);
    const failed = failure as { readonly error: unknown } | null;
    if (failed !== null) throw failed.error;
    signal.throwIfAborted();
    if (source === null) throw new Error('An import ended without a source or a reason.');
    return source;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/** The thread in which imports and rebuilds run, so that the screen never waits for them. */
import type { SourceOrigin } from '../domain/records/source.ts';
import type { Remote } from '../threads/connection.ts';
import { serveThread } from '../threads/serve-thread.ts';
import type { ImportEvent } from './import-events.ts';
import { runImport } from './run-import.ts';
import { runRebuild } from './run-rebuild.ts';

/** What the import thread is to do. */
export type ImportOrder =
  | {
      readonly order: 'import';
      readonly folder: string;
      readonly newCase: boolean;
      readonly paths: readonly string[];
      readonly keep: boolean;
      readonly analyst: string | null;
      readonly origin: SourceOrigin;
      /** Whether standard input is there to be read. */
      readonly hasInput: boolean;
      /** What standard input is called. */
      readonly standardInputName: string;
    }
  | { readonly order: 'rebuild'; readonly folder: string };

/** What that thread asks for. */
export type ImportStarter = {
  /** The next piece of standard input; null: the end, or cancelled. */
  readonly input: (_: null, signal: AbortSignal) => Promise<Uint8Array | null>;
};

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

/** Standard input: asked for piece by piece, so it never piles up. */
async function* standardInput(
  starter: Remote<ImportStarter>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = await starter.call('input', null, { signal });
    if (piece === null) return;
    yield piece;
  }
}

const importing = (starter: Remote<ImportStarter>) => ({
  run(order: ImportOrder, signal: AbortSignal): AsyncGenerator<ImportEvent> {
    if (order.order === 'rebuild') return runRebuild({ folder: order.folder, now, signal });
    const { order: _import, hasInput, ...request } = order;
    const input = hasInput ? { standardInput: standardInput(starter, signal) } : {};
    return runImport({ ...request, ...input, now, signal });
  },
});
export type ImportThread = ReturnType<typeof importing>;

serveThread(importing);

/** The thread in which imports and rebuilds run, so that the screen never waits for them. */
import type { Remote } from '../threads/connection.ts';
import { serveThread } from '../threads/serve-thread.ts';
import type { ImportEvent } from './import-events.ts';
import type { ImportOrder, ImportStarter } from './import-order.ts';
import { runImport } from './run-import.ts';
import { runRebuild } from './run-rebuild.ts';

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

import { withDiskTrouble } from '../../domain/disk-trouble.ts';
import { startThread } from '../../threads/start-thread.ts';
import type { ExportOrder, ExportThread } from './export-worker.ts';

/**
 * An export in a thread of its own, of a case that this program has open. Resolves to the files written.
 * @throws Problem where it could not be written; the signal's reason when aborted.
 */
export const exportInThread = async (
  order: ExportOrder,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  signal.throwIfAborted();
  const thread = startThread<ExportThread>(import.meta.url, './export-worker.ts');
  try {
    return await thread.call('write', order, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : withDiskTrouble(error);
  } finally {
    // What it died of is told by its call.
    thread.close().catch(() => undefined);
  }
};

import { withDiskTrouble } from '../../domain/disk-trouble.ts';
import type { ReadOnlyRecords } from '../../store/case-store.ts';
import { startThread } from '../../threads/start-thread.ts';
import type { ExportThread } from './export-worker.ts';

export interface ExportOrder {
  readonly folder: string;
  readonly analyst: string | null;
  /** How this program reads the case where it can only be read. */
  readonly readOnly: ReadOnlyRecords | null;
  /** `json` or `csv`. */
  readonly format: string;
  /** Where it has several parts, a folder, which is made where it is not there. */
  readonly path: string;
  readonly toolVersion: string;
}

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

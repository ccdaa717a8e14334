import { Problem } from '../domain/problem.ts';
import { startWorker } from './start-worker.ts';

export interface ExportOrder {
  readonly folder: string;
  readonly analyst: string | null;
  /** `json` or `csv`. */
  readonly format: string;
  readonly path: string;
  /** All sheets into a folder, which is made where it is not there. */
  readonly intoFolder: boolean;
  readonly toolVersion: string;
}

export type FromExportWorker =
  | { readonly say: 'written'; readonly files: readonly string[] }
  | { readonly say: 'cancelled' }
  | { readonly say: 'problem'; readonly message: string; readonly hint: string };

/**
 * An export in a thread of its own, of a case that this program has open. Resolves to the files written.
 * @throws Problem where it could not be written; the signal's reason when aborted.
 */
export const exportInThread = (
  order: ExportOrder,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  const worker = startWorker('export-worker', order);
  const cancel = (): void => worker.postMessage('cancel');
  signal.addEventListener('abort', cancel, { once: true });
  return new Promise<readonly string[]>((resolve, reject) => {
    worker.on('message', (message: FromExportWorker) => {
      switch (message.say) {
        case 'written':
          return resolve(message.files);
        case 'cancelled':
          return reject(signal.reason as Error);
        case 'problem':
          return reject(new Problem(message.message, message.hint));
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The export thread ended without a word.')));
  }).finally(() => signal.removeEventListener('abort', cancel));
};

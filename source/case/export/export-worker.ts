/** The thread in which the console exports, so that no key waits for a large case. */
import { exportFormat } from '../../exports/registry.ts';
import type { ReadOnlyRecords } from '../../store/case-store.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { exportCase } from './export-case.ts';
import { openCase } from '../case.ts';

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

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const exporting = () => ({
  /** The files written. */
  async write(order: ExportOrder, signal: AbortSignal): Promise<readonly string[]> {
    const { folder, analyst, readOnly, format, path, toolVersion } = order;
    const theCase = openCase({ folder, analyst, now, mustExist: true, alongside: true, readOnly });
    try {
      if ((exportFormat(format)?.parts.length ?? 0) > 1) makeFolder(path);
      const written = await exportCase(theCase, {
        format,
        sheet: null,
        out: path,
        force: false,
        generatedAt: now(),
        toolVersion,
        signal,
      });
      return written.map((file) => file.path);
    } finally {
      theCase.close();
    }
  },
});
export type ExportThread = ReturnType<typeof exporting>;

serveThread(exporting);

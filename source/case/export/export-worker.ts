/** The thread in which the console exports, so that no key waits for a large case. */
import { exportFormat } from '../../exports/registry.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { serveThread } from '../../threads/serve-thread.ts';
import { exportCase } from './export-case.ts';
import type { ExportOrder } from './export-in-thread.ts';
import { openCase } from '../case.ts';

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

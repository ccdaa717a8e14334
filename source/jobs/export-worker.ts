/** The thread in which the console exports, so that no key waits for a large case. */
import { parentPort, workerData } from 'node:worker_threads';
import { withDiskTrouble } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';
import { makeFolder } from '../store/make-folder.ts';
import { exportCase } from './export-case.ts';
import type { ExportOrder, FromExportWorker } from './export-in-thread.ts';
import { openDesk } from './open-desk.ts';

const port = parentPort;
if (port === null) throw new Error('export-worker runs as a worker thread only');

const order = workerData as ExportOrder;
const cancel = new AbortController();
port.on('message', () => cancel.abort());
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const run = async (): Promise<FromExportWorker> => {
  const { folder, analyst, format, path, toolVersion } = order;
  const desk = openDesk({ folder, analyst, now, mustExist: true, alongside: true });
  try {
    if (order.intoFolder) makeFolder(path);
    const written = await exportCase(desk, {
      format,
      sheet: null,
      out: path,
      force: false,
      generatedAt: now(),
      toolVersion,
      signal: cancel.signal,
    });
    return { say: 'written', files: written.map((file) => file.path) };
  } finally {
    desk.close();
  }
};

const ending = await run().catch((error: unknown): FromExportWorker => {
  if (cancel.signal.aborted) return { say: 'cancelled' };
  const problem = withDiskTrouble(error);
  if (!(problem instanceof Problem)) throw error;
  return { say: 'problem', message: problem.message, hint: problem.hint };
});
port.postMessage(ending);
port.close();

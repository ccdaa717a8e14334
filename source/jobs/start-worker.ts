import { Worker } from 'node:worker_threads';

/**
 * Starts `NAME.ts` of this folder as a thread, or its bundle `NAME.js` beside ours in dist/. The
 * warning about SQLite that Node 22 prints in each thread is not the analyst's concern.
 */
export const startWorker = (name: string, workerData: unknown): Worker => {
  const source = import.meta.url.endsWith('.ts');
  const url = new URL(`./${name}.${source ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(url, {
    workerData,
    // Not the program's own flags: under a test runner these hold some that no thread accepts.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
};

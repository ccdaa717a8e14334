import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Heap } from '../threads/heap.ts';

/**
 * Starts `NAME.ts` of this folder as a thread, or its bundle `NAME.js` beside ours in dist/. The
 * warning about SQLite that Node 22 prints in each thread is not the analyst's concern.
 */
export const startWorker = (
  name: string,
  workerData: unknown,
  { firstOldGenerationSizeMb, ...resourceLimits }: Heap = {},
): Worker => {
  const source = import.meta.url.endsWith('.ts');
  // A flag of the process, read when a heap is made: threads that are running are not concerned.
  setFlagsFromString(`--initial-old-space-size=${firstOldGenerationSizeMb ?? 0}`);
  // Young generations of a few MiB are collected sooner by the thread itself than by four helpers,
  // which take the processor from the other threads of an import.
  setFlagsFromString('--no-parallel-scavenge');
  const url = new URL(`./${name}.${source ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(url, {
    workerData,
    // Not the program's own flags: under a test runner these hold some that no thread accepts.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits,
  });
};

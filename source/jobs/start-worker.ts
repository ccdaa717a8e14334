import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * The heap of a thread that imports, MiB. Left alone, V8 lets garbage pile up to a share of the
 * machine's memory; what these threads need at a time is a tenth of this.
 */
export const IMPORT_HEAP: ResourceLimits = {
  maxYoungGenerationSizeMb: 24,
  maxOldGenerationSizeMb: 512,
};

/**
 * The young heap of a thread that answers questions, MiB: what it makes for an answer is small, and
 * there are several of them. The old one is as large as it gets.
 */
export const CASE_HEAP: ResourceLimits = { maxYoungGenerationSizeMb: 3 };

/**
 * Starts `NAME.ts` of this folder as a thread, or its bundle `NAME.js` beside ours in dist/. The
 * warning about SQLite that Node 22 prints in each thread is not the analyst's concern.
 */
export const startWorker = (
  name: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker => {
  const source = import.meta.url.endsWith('.ts');
  const url = new URL(`./${name}.${source ? 'ts' : 'js'}`, import.meta.url);
  return new Worker(url, {
    workerData,
    // Not the program's own flags: under a test runner these hold some that no thread accepts.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits,
  });
};

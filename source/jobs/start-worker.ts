import { setFlagsFromString } from 'node:v8';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** How a thread's heap may grow, MiB. */
export interface Heap extends ResourceLimits {
  /**
   * How large the old generation may become before it is collected for the first time. Left alone,
   * V8 begins with so little that a thread with a steady stream of rows collects it without end.
   */
  readonly firstOldGenerationSizeMb?: number;
}

/**
 * Of a thread that reads or writes rows. Left alone, V8 lets garbage pile up to a share of the
 * machine's memory; what these threads need at a time is a tenth of this.
 */
export const IMPORT_HEAP: Heap = {
  maxYoungGenerationSizeMb: 8,
  maxOldGenerationSizeMb: 512,
  firstOldGenerationSizeMb: 32,
};

/** Of a thread that asks the tenant: it waits more than it works. */
export const TENANT_HEAP: Heap = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 };

/**
 * Of a thread that answers questions: what it makes for an answer is small, and there are several of
 * them. The old generation is as large as it gets.
 */
export const CASE_HEAP: Heap = { maxYoungGenerationSizeMb: 3 };

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

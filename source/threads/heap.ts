import type { ResourceLimits } from 'node:worker_threads';

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

import type { CaseStore } from '../store/case-store.ts';

/** The thread of the overview rests so many times as long as an overview took while records arrive. */
const REST = 4;

/**
 * While an import runs, records change every second: the overview of a large case would take a core
 * away from the import all the time. A decision is never kept waiting.
 */
export class OverviewPace {
  readonly #open: CaseStore;
  #records = -1;
  #decisions = -1;
  #took = 0;
  #ended = 0;

  constructor(open: CaseStore) {
    this.#open = open;
  }

  /** Milliseconds until the next overview should be worked out; `now` on any clock of milliseconds. */
  pause(now: number): number {
    const { recordsVersion, decisionsVersion } = this.#open;
    if (recordsVersion === this.#records || decisionsVersion !== this.#decisions) return 0;
    return Math.max(0, this.#ended + REST * this.#took - now);
  }

  done(began: number, ended: number): void {
    this.#records = this.#open.recordsVersion;
    this.#decisions = this.#open.decisionsVersion;
    this.#took = ended - began;
    this.#ended = ended;
  }
}

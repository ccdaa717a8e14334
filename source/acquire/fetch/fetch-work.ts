import type { FetchProgress, FetchStep, FetchWait } from '../../domain/fetches/fetch-progress.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import type { AskOptions, TenantClient } from '../../tenant/client.ts';
import type { TaskContext } from '../task/run-task.ts';
import type { TaskEvent } from '../task/task-events.ts';
import { TaskReporter } from '../task/task-reporter.ts';
import type { FetchBounds } from './fetch-bounds.ts';
import type { FetchStore } from './fetch-store.ts';

/** `id`, of one that ended early: can be resumed; null: nothing was begun. */
export type FetchEvent = TaskEvent<
  FetchProgress,
  { readonly statements: readonly FetchStatement[] },
  { readonly id: string | null }
>;

/** What all parts of one fetch share. */
export interface FetchWork extends Omit<TaskContext<FetchEvent>, 'connect'> {
  readonly store: FetchStore;
  readonly client: TenantClient;
  readonly reporter: FetchReporter;
  readonly bounds: FetchBounds;
}

/** Milliseconds. */
const STATED_EVERY = 5_000;

/** Adds up what came in. */
export class FetchReporter extends TaskReporter<FetchStep, FetchWait> {
  readonly #run: Omit<FetchWork, 'reporter'>;
  readonly #keepStatement: () => void;
  #stated: { readonly step: FetchStep; readonly at: number } | null = null;
  #pages = 0;
  #records = 0;
  #read = 0;

  /** `keepStatement`: keeps what can be said of the fetch, now and then, for whoever looks meanwhile. */
  constructor(run: Omit<FetchWork, 'reporter'>, keepStatement: () => void) {
    super(run.clock, 'asking');
    this.#run = run;
    this.#keepStatement = keepStatement;
  }

  page(records: number): void {
    this.#pages += 1;
    this.#records += records;
    this.say('reading');
  }

  /** All of a query is here, though not in the case yet. */
  queryRead(): void {
    this.#read += 1;
    this.say('reading');
  }

  protected emit(step: FetchStep, since: string, wait: FetchWait | null): void {
    const { clock, store } = this.#run;
    const now = clock.now();
    if (step !== this.#stated?.step || now - this.#stated.at >= STATED_EVERY) {
      this.#stated = { step, at: now };
      this.#keepStatement();
    }
    const { id, queries } = store.state;
    const open = queries.filter(({ outcome }) => outcome === 'open');
    const asked = open.find((one) => one.id !== null);
    this.#run.emit({
      event: 'progress',
      progress: {
        id,
        step,
        since: step === 'waiting' ? (asked?.since ?? since) : since,
        status: asked?.status ?? null,
        queries: { done: Math.max(queries.length - open.length, this.#read), all: queries.length },
        pages: this.#pages,
        records: this.#records,
        wait,
      },
    });
  }
}

/** What each request of a fetch is asked with. */
export const asking = ({ signal, reporter }: FetchWork): Omit<AskOptions, 'bucket'> => ({
  signal,
  onWait: reporter.onWait,
});

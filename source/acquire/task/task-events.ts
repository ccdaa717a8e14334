import type { ImportedSource } from '../../import/import-events.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';

/** Why a task ended before its time. */
export type EarlyEnd =
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };

/** Exactly one is the last event. `Result`: what it came to; `Kept`: what is known of one that ended early. */
export type TaskEnd<Result, Kept = object> =
  ({ readonly event: 'finished' } & Result) | (EarlyEnd & Kept);

export type TaskEvent<Progress, Result, Kept = object> =
  /** What the person has to do, or waits for, until it is authenticated. */
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'progress'; readonly progress: Progress }
  /** Rows, or the reason why there are none, are to be seen in the case now. */
  | { readonly event: 'arrived' }
  /** What came became a source. */
  | { readonly event: 'source'; readonly source: ImportedSource }
  | { readonly event: 'note'; readonly text: string }
  | TaskEnd<Result, Kept>;

/** Milliseconds between two that say the same but for figures. */
const PACE = 100;

/** Progress at most ten times a second, but at once where the step changes or it waits; all else as it comes. */
export async function* pacedEvents<
  Event extends TaskEvent<{ readonly step: string; readonly wait: unknown }, unknown>,
>(events: AsyncIterable<Event>): AsyncGenerator<Event> {
  let [step, at] = ['', -Infinity];
  for await (const event of events) {
    if (event.event === 'progress') {
      const { progress } = event;
      const now = performance.now();
      if (progress.step === step && progress.wait === null && now - at < PACE) continue;
      [step, at] = [progress.step, now];
    }
    yield event;
  }
}

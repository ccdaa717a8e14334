import { Problem } from '../../domain/problem.ts';
import { toldEvents } from '../../threads/told-events.ts';

/** Why a job ended before its time. */
export type EarlyEnd =
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };

/** null: it is a bug, which goes on up. */
export const earlyEndOf = (error: unknown, signal: AbortSignal): EarlyEnd | null => {
  if (signal.aborted) return { event: 'cancelled' };
  if (!(error instanceof Problem)) return null;
  return { event: 'failed', problem: error.message, hint: error.hint };
};

/**
 * The events of a job, of which exactly one ends it: what `run` returns, or, where it was cancelled or
 * met a Problem, what `endedEarly` makes of that. Leaving early cancels it.
 */
export async function* endingEvents<Event>(
  outer: AbortSignal,
  run: (signal: AbortSignal, tell: (event: Event) => void) => Promise<Event>,
  endedEarly: (end: EarlyEnd) => Event,
): AsyncGenerator<Event> {
  const control = new AbortController();
  const signal = AbortSignal.any([outer, control.signal]);
  try {
    yield* toldEvents<Event>(async (tell) => {
      try {
        tell(await run(signal, tell));
      } catch (error) {
        const end = earlyEndOf(error, signal);
        if (end === null) throw error;
        tell(endedEarly(end));
      }
    });
  } finally {
    control.abort();
  }
}

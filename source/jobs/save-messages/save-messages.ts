import { Problem } from '../../domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import { toldEvents } from '../tenant/told-events.ts';
import type { SaveEvent } from './save-events.ts';
import { type SaveOrder, SaveRun } from './save-run.ts';

const saved = async (
  order: SaveOrder,
  signal: AbortSignal,
  tell: (event: SaveEvent) => void,
): Promise<SaveEvent> => {
  const folder = openCaseFolder(order.folder, { create: false });
  using hold = tryHold(folder, LOCKS.save);
  if (hold === null)
    throw new Problem('Another program saves messages of this case.', 'Wait for it, or end it.');
  const run = new SaveRun(order, folder, tell);
  try {
    await run.run(signal);
  } catch (error) {
    if (signal.aborted) return { event: 'cancelled', report: run.report() };
    if (!(error instanceof Problem)) throw error;
    const { message: problem, hint } = error;
    return { event: 'failed', problem, hint, report: run.report() };
  }
  return { event: 'finished', report: run.report() };
};

/**
 * `mia save-messages`: saves messages of the case as .eml, every copy of each. Ends in exactly one of
 * finished, cancelled, failed. Whatever ends it early, and however: asked again, it goes on, and what
 * is there and is what it was is not asked for. Leaving early cancels it.
 */
export async function* saveMessages(order: SaveOrder): AsyncGenerator<SaveEvent> {
  const control = new AbortController();
  const signal = AbortSignal.any([order.signal, control.signal]);
  try {
    yield* toldEvents<SaveEvent>(async (tell) => {
      try {
        return await saved(order, signal, tell);
      } catch (error) {
        if (signal.aborted) return { event: 'cancelled', report: null };
        if (!(error instanceof Problem)) throw error;
        return { event: 'failed', problem: error.message, hint: error.hint, report: null };
      }
    });
  } finally {
    control.abort();
  }
}

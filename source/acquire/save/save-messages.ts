import { Problem } from '../../domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import { earlyEndOf, endingEvents } from '../task/run-task.ts';
import type { SaveEvent } from './save-events.ts';
import { type SaveOrder, SaveRun } from './save-run.ts';

const saved = async (
  order: SaveOrder,
  signal: AbortSignal,
  emit: (event: SaveEvent) => void,
): Promise<SaveEvent> => {
  const folder = openCaseFolder(order.folder, { create: false });
  using hold = tryHold(folder, LOCKS.save);
  if (hold === null)
    throw new Problem('Another program saves messages of this case.', 'Wait for it, or end it.');
  const run = new SaveRun(order, folder, emit);
  try {
    await run.run(signal);
  } catch (error) {
    const end = earlyEndOf(error, signal);
    if (end === null) throw error;
    return { ...end, report: run.report() };
  }
  return { event: 'finished', report: run.report() };
};

/**
 * `mia save-messages`: saves messages of the case as .eml, every copy of each. Ends in exactly one of
 * finished, cancelled, failed. Whatever ends it early, and however: asked again, it goes on, and what
 * is there and is what it was is not asked for. Leaving early cancels it.
 */
export const saveMessages = (order: SaveOrder): AsyncGenerator<SaveEvent> =>
  endingEvents<SaveEvent>(
    order.signal,
    (signal, emit) => saved(order, signal, emit),
    (end) => ({ ...end, report: null }),
  );

import { Problem } from '../../domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import { isoTime, systemClock } from '../../tenant/http/clock.ts';
import { connectTenant } from '../authenticate/connect-tenant.ts';
import { endingEvents } from '../task/run-task.ts';
import { beginLookup, type BegunLookup } from './begun-lookup.ts';
import { knownAnswers } from './known-answers.ts';
import type { LookupEvent } from './lookup-events.ts';
import type { LookupOrder } from './lookup-order.ts';
import { lookupStatement } from './lookup-statement.ts';
import { optedInStrategies } from './opted-in-strategies.ts';

/** Signs in, and drives `scheduler` through a lookup; gives how it ends. */
export const lookedUpWith = async (
  order: LookupOrder,
  signal: AbortSignal,
  tell: (event: LookupEvent) => void,
  drive: (begun: BegunLookup) => Promise<void>,
): Promise<LookupEvent> => {
  const folder = openCaseFolder(order.folder, { create: false });
  using hold = tryHold(folder, LOCKS.lookup);
  if (hold === null)
    throw new Problem(
      'Another program looks messages up for this case.',
      'Wait for it, or end it; what it finds is in the case at once.',
    );
  const clock = order.clock ?? systemClock;
  const since = isoTime(clock.now());
  const none = { service: null, messages: { done: 0, all: 0 }, wait: null };
  tell({
    event: 'progress',
    progress: { step: 'signingIn', since, ...none, pages: 0, rows: 0 },
  });
  const { client } = await connectTenant({
    ...order,
    signal,
    onNotice: (notice) => tell({ event: 'notice', notice }),
  });
  using begun = beginLookup(
    { folder, client, clock, signal, tell },
    order,
    optedInStrategies(order),
  );
  try {
    await drive(begun);
  } catch (error) {
    endQuietly(begun, signal.aborted ? 'cancelled' : 'failed');
    throw error;
  }
  const statement = lookupStatement(begun);
  const [refused] = statement.refused;
  const isStuck = refused !== undefined && statement.open > 0 && begun.scheduler.isStuck;
  begun.statement.end(isStuck ? 'failed' : 'finished');
  if (isStuck) return { event: 'failed', problem: refused.problem, hint: refused.hint };
  begun.end();
  return { event: 'finished', statement };
};

/** What ended it is to be said, and not what else could not be noted then. */
const endQuietly = ({ statement }: BegunLookup, outcome: 'cancelled' | 'failed'): void => {
  try {
    statement.end(outcome);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
};

/** The events of a lookup, whatever it ends with. Leaving early cancels it. */
export const lookupEvents = (
  order: Pick<LookupOrder, 'signal'>,
  run: (signal: AbortSignal, tell: (event: LookupEvent) => void) => Promise<LookupEvent>,
): AsyncGenerator<LookupEvent> => endingEvents<LookupEvent>(order.signal, run, (end) => end);

/**
 * Looks messages up in the tenant, those of `order.messages`. Ends in exactly one of finished,
 * cancelled, failed. Whatever ends it early, and however: what was answered is not asked again.
 */
export const lookupMessages = (order: LookupOrder): AsyncGenerator<LookupEvent> =>
  lookupEvents(order, async (signal, tell) => {
    const known = knownAnswers(openCaseFolder(order.folder, { create: false }), order);
    if (known !== null) return { event: 'finished', statement: known };
    return lookedUpWith(order, signal, tell, async ({ scheduler }) => {
      scheduler.want(order.messages);
      await scheduler.run();
    });
  });

import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import { Problem } from '../../domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../store/case-folder.ts';
import { CaseStore } from '../../store/case-store.ts';
import { messageKeysOf } from '../../store/queries/messages-to-lookup.ts';
import { isoTime, unlessAborted } from '../../tenant/http/clock.ts';
import { runTask } from '../task/run-task.ts';
import { beginLookup, type BegunLookup, type LookupContext } from './begun-lookup.ts';
import { knownAnswers } from './known-answers.ts';
import type { LookupEvent, LookupOrder, MessageSelection } from './lookup-order.ts';
import { lookupStatement } from './lookup-statement.ts';

/** Authenticates, and has `drive` hand messages to the scheduler; gives how it ends. */
const lookUp = async (
  order: LookupOrder,
  context: LookupContext,
  drive: (begun: BegunLookup) => Promise<void>,
): Promise<Extract<LookupEvent, { event: 'finished' | 'failed' }>> => {
  const { clock, signal, emit, connect } = context;
  const since = isoTime(clock.now());
  const none = { service: null, messages: { done: 0, all: 0 }, wait: null };
  emit({
    event: 'progress',
    progress: { step: 'signingIn', since, ...none, pages: 0, rows: 0 },
  });
  using begun = beginLookup(context, await connect(), order);
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

const lookupTask = (order: LookupOrder) => ({
  order,
  lock: LOCKS.lookup,
  busy: new Problem(
    'Another program looks messages up for this case.',
    'Wait for it, or end it; what it finds is in the case at once.',
  ),
  kept: () => ({}),
});

/**
 * Looks messages up in the tenant, those of `order.messages`. Ends in exactly one of finished,
 * cancelled, failed. Whatever ends it early, and however: what was answered is not asked again.
 */
export const lookupMessages = (order: LookupOrder): AsyncGenerator<LookupEvent> =>
  runTask({
    ...lookupTask(order),
    known(folder) {
      const statement = knownAnswers(folder, order);
      return statement === null ? null : { event: 'finished', statement };
    },
    run: (context: LookupContext) =>
      lookUp(order, context, async ({ scheduler }) => {
        scheduler.want(order.messages);
        await scheduler.run();
      }),
  });

/**
 * The messages of a selection, in the order of a list of messages; asked for anew whenever walked. The
 * case is open only then: what it works out of its decisions takes tens of MiB.
 */
export const selectedMessages = (
  folder: string,
  selection: MessageSelection,
): Iterable<MessageKey> =>
  selection.of === 'keys'
    ? selection.keys
    : {
        *[Symbol.iterator]() {
          const open = new CaseStore(openCaseFolder(folder, { create: false }), {
            alongside: true,
          });
          try {
            yield* messageKeysOf(open.db, selection);
          } finally {
            open.close();
          }
        },
      };

export interface LookupRequests {
  /** Also before anybody can look them up. */
  readonly want: (messages: readonly MessageKey[]) => void;
  readonly end: () => void;
  /** Looks up what is wanted, as often as that changes; until `end`, or until nobody can be asked. */
  readonly follow: (order: LookupOrder) => AsyncGenerator<LookupEvent>;
}

/** What somebody wants from moment to moment. */
export const lookupRequests = (): LookupRequests => {
  let latest: readonly MessageKey[] | null = null;
  let ended = false;
  let wake: () => void = () => undefined;
  let take: (messages: readonly MessageKey[]) => void = (messages) => {
    latest = messages;
  };
  const drive = async (
    { scheduler, singles, statement, work }: BegunLookup,
    signal: AbortSignal,
  ): Promise<void> => {
    // While it works, too: it looks between two steps.
    take = (messages) => {
      singles.renew();
      scheduler.want(messages);
    };
    if (latest !== null) scheduler.want(latest);
    for (;;) {
      await scheduler.run();
      if (scheduler.isStuck && scheduler.wanted > 0) return;
      if (scheduler.isSettled) {
        if (ended) return;
        statement.goesOn();
        work.reporter.say('idle');
        await unlessAborted(new Promise<void>((resolve) => (wake = resolve)), signal);
      }
    }
  };
  return {
    want(messages) {
      take(messages);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    follow: (order) =>
      runTask({
        ...lookupTask(order),
        run: (context: LookupContext) =>
          lookUp(order, context, (begun) => drive(begun, context.signal)),
      }),
  };
};

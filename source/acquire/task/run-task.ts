/**
 * A durable task in the tenant: a fetch, a lookup, the saving of messages. `runTask` holds its lock,
 * authenticates, and makes of whatever happens exactly one end. A `TaskStore` has the state on the disk
 * before a request goes out, and each answer before anybody reads it, so that whoever is killed goes on
 * from there. `TaskProgress` says how it stands.
 */
import { Problem } from '../../domain/problem.ts';
import {
  type CaseFolder,
  type CaseFolderOptions,
  type LockName,
  openCaseFolder,
} from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { type Clock, systemClock } from '../../tenant/http/clock.ts';
import { emittedEvents } from '../../threads/emitted-events.ts';
import { connectTenant, type TenantOrder } from '../authenticate/connect-tenant.ts';
import type { EarlyEnd, TaskEnd, TaskEvent } from './task-events.ts';

/** null: it is a bug, which goes on up. */
export const earlyEndOf = (error: unknown, signal: AbortSignal): EarlyEnd | null => {
  if (signal.aborted) return { event: 'cancelled' };
  if (!(error instanceof Problem)) return null;
  return { event: 'failed', problem: error.message, hint: error.hint };
};

/**
 * The events of `run`, of which exactly one is an end: what it returns, or, where it was cancelled or
 * met a Problem, what `endedEarly` makes of that. Leaving early cancels it.
 */
export async function* endingEvents<Event>(
  outer: AbortSignal,
  run: (signal: AbortSignal, emit: (event: Event) => void) => Promise<Event>,
  endedEarly: (end: EarlyEnd) => Event,
): AsyncGenerator<Event> {
  const control = new AbortController();
  const signal = AbortSignal.any([outer, control.signal]);
  try {
    yield* emittedEvents<Event>(async (emit) => {
      try {
        emit(await run(signal, emit));
      } catch (error) {
        const end = earlyEndOf(error, signal);
        if (end === null) throw error;
        emit(endedEarly(end));
      }
    });
  } finally {
    control.abort();
  }
}

/** What a task runs with. Its lock is held. */
export interface TaskContext<Event> {
  readonly folder: CaseFolder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: Event) => void;
  /** Says something that must be read. */
  readonly note: (text: string) => void;
  /** Authenticates. @throws Problem: something is missing or refused. The signal's reason. */
  readonly connect: () => Promise<TenantClient>;
}

interface Task<Progress, Result, Kept> {
  readonly order: TenantOrder;
  /** Nothing said: the case must be there. */
  readonly open?: CaseFolderOptions;
  /** One task with this lock at a time works on a case. */
  readonly lock: LockName;
  /** Thrown where another holds it. */
  readonly busy: Problem;
  /** How it ends where nothing need be asked, which takes no lock; null: it runs. */
  readonly known?: (folder: CaseFolder) => TaskEnd<Result, Kept> | null;
  readonly run: (
    context: TaskContext<TaskEvent<Progress, Result, Kept>>,
  ) => Promise<TaskEnd<Result, Kept>>;
  /** What is known when it has ended early, and its lock is free again. */
  readonly kept: () => Kept;
}

/** The events of a task, of which exactly one, the last, is an end. Leaving early cancels it. */
export const runTask = <Progress, Result, Kept>({
  order,
  open = { create: false },
  lock,
  busy,
  known,
  run,
  kept,
}: Task<Progress, Result, Kept>): AsyncGenerator<TaskEvent<Progress, Result, Kept>> =>
  endingEvents<TaskEvent<Progress, Result, Kept>>(
    order.signal,
    async (signal, emit) => {
      const folder = openCaseFolder(order.folder, open);
      const end = known?.(folder) ?? null;
      if (end !== null) return end;
      using hold = tryHold(folder, lock);
      if (hold === null) throw busy;
      const connect = async () => {
        const { client } = await connectTenant({
          ...order,
          signal,
          onNotice: (notice) => emit({ event: 'notice', notice }),
        });
        return client;
      };
      const note = (text: string): void => emit({ event: 'note', text });
      const clock = order.clock ?? systemClock;
      return await run({ folder, clock, signal, emit, note, connect });
    },
    (end) => ({ ...end, ...kept() }),
  );

/** `mia trace --fetch`: looks messages up in the tenant, with progress on standard error. */
import { lookupProgressWords, lookupStepWords } from '../domain/lookups/lookup-words.ts';
import type { LookupEvent } from '../acquire/lookup/lookup-order.ts';
import { type LookupToStart, lookupWantedInThread } from '../acquire/lookup/lookup-in-thread.ts';
import type { MessageSelection } from '../acquire/lookup/lookup-order.ts';
import { analystName } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { note } from './report.ts';
import { followTask, sayEarlyEnd, type TaskOutcome, tenantOrder } from './tenant-task.ts';

export type LookupEnd = Extract<LookupEvent, { event: 'finished' | 'cancelled' | 'failed' }>;

export type LookupOutcome = TaskOutcome<LookupEnd>;

/** What the command line says of it. */
const orderOf = (invocation: Invocation): LookupToStart => {
  const { switches } = invocation.flags;
  return {
    ...tenantOrder(invocation),
    again: switches.again === true,
    thorough: switches.thorough === true,
    mailbox: switches.mailboxes === true,
    analyst: analystName(invocation),
  };
};

export const lookup = (invocation: Invocation, wanted: MessageSelection): Promise<LookupOutcome> =>
  followTask(
    invocation.environment,
    lookupWantedInThread(orderOf(invocation), wanted),
    (progress) => ({ step: lookupStepWords(progress), line: lookupProgressWords(progress) }),
  );

/** Says why it ended early, where it did. */
export const sayLookupEnd = (environment: Environment, { end }: LookupOutcome): void => {
  if (end.event === 'finished') return;
  sayEarlyEnd(environment, end);
  note(environment, 'What came is kept; the same command goes on, and asks nothing twice.');
};

export const lookupExitCode = ({ end, sources }: LookupOutcome): ExitCode => {
  switch (end.event) {
    case 'cancelled':
      return 130;
    case 'failed':
      return 1;
    case 'finished':
      if (end.statement.failed > 0 || end.statement.refused.length > 0) return 1;
      return sources.some(({ damaged, conflicts }) => damaged > 0 || conflicts > 0) ? 3 : 0;
  }
};

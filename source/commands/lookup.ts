/** `mia trace --fetch`: looks messages up in the tenant, with progress on standard error. */
import { lookupProgressWords, lookupStepWords } from '../domain/lookups/lookup-words.ts';
import type { LookupEvent } from '../acquire/lookup/lookup-events.ts';
import { type LookupToStart, lookupWantedInThread } from '../acquire/lookup/lookup-in-thread.ts';
import type { WantedMessages } from '../acquire/lookup/lookup-order.ts';
import { analystName } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { note } from './report.ts';
import { jobProgress, sayEarlyEnd, tenantOrder } from './tenant-job.ts';

export type LookupEnd = Extract<LookupEvent, { event: 'finished' | 'cancelled' | 'failed' }>;

/** How a lookup ended, and whether rows of it could not be read. */
export interface LookupOutcome {
  readonly end: LookupEnd;
  readonly damaged: boolean;
}

const follow = async (
  environment: Environment,
  events: AsyncIterable<LookupEvent>,
): Promise<LookupOutcome> => {
  const reporter = jobProgress(environment);
  let damaged = false;
  for await (const event of events) {
    switch (event.event) {
      case 'progress':
        reporter.progress({
          step: lookupStepWords(event.progress),
          line: lookupProgressWords(event.progress),
          wait: event.progress.wait,
        });
        break;
      case 'notice':
        reporter.notice(event.notice);
        break;
      case 'source':
        damaged ||= event.source.damaged > 0 || event.source.conflicts > 0;
        break;
      case 'note':
        reporter.note(event.text);
        break;
      case 'arrived':
        break;
      case 'finished':
      case 'cancelled':
      case 'failed':
        reporter.end();
        return { end: event, damaged };
    }
  }
  throw new Error('A lookup ended without an ending.');
};

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

export const lookup = (invocation: Invocation, wanted: WantedMessages): Promise<LookupOutcome> =>
  follow(invocation.environment, lookupWantedInThread(orderOf(invocation), wanted));

/** Says why it ended early, where it did. */
export const sayLookupEnd = (environment: Environment, { end }: LookupOutcome): void => {
  if (end.event === 'finished') return;
  sayEarlyEnd(environment, end);
  note(environment, 'What came is kept; the same command goes on, and asks nothing twice.');
};

export const lookupExitCode = ({ end, damaged }: LookupOutcome): ExitCode => {
  switch (end.event) {
    case 'cancelled':
      return 130;
    case 'failed':
      return 1;
    case 'finished':
      if (end.statement.failed > 0 || end.statement.refused.length > 0) return 1;
      return damaged ? 3 : 0;
  }
};

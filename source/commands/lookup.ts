/** `mia trace --fetch`: looks messages up in the tenant, with progress on standard error. */
import { lookUpProgressWords, lookUpStepWords } from '../domain/lookups/lookup-words.ts';
import type { LookUpEvent } from '../acquire/lookup/lookup-events.ts';
import { type LookUpToStart, lookUpWantedInThread } from '../acquire/lookup/lookup-in-thread.ts';
import type { WantedMessages } from '../acquire/lookup/lookup-order.ts';
import { analystName } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { note } from './report.ts';
import { jobTeller, sayEarlyEnd, tenantOrder } from './tenant-job.ts';

export type LookUpEnd = Extract<LookUpEvent, { event: 'finished' | 'cancelled' | 'failed' }>;

/** How a look-up ended, and whether rows of it could not be read. */
export interface LookUpOutcome {
  readonly end: LookUpEnd;
  readonly damaged: boolean;
}

const follow = async (
  environment: Environment,
  events: AsyncIterable<LookUpEvent>,
): Promise<LookUpOutcome> => {
  const teller = jobTeller(environment);
  let damaged = false;
  for await (const event of events) {
    switch (event.event) {
      case 'progress':
        teller.progress({
          step: lookUpStepWords(event.progress),
          line: lookUpProgressWords(event.progress),
          wait: event.progress.wait,
        });
        break;
      case 'notice':
        teller.notice(event.notice);
        break;
      case 'source':
        damaged ||= event.source.damaged > 0 || event.source.conflicts > 0;
        break;
      case 'note':
        teller.note(event.text);
        break;
      case 'arrived':
        break;
      case 'finished':
      case 'cancelled':
      case 'failed':
        teller.end();
        return { end: event, damaged };
    }
  }
  throw new Error('A look-up ended without an ending.');
};

/** What the command line says of it. */
const orderOf = (invocation: Invocation): LookUpToStart => {
  const { switches } = invocation.flags;
  return {
    ...tenantOrder(invocation),
    again: switches.again === true,
    thorough: switches.thorough === true,
    mailbox: switches.mailboxes === true,
    analyst: analystName(invocation),
  };
};

export const lookUp = (invocation: Invocation, wanted: WantedMessages): Promise<LookUpOutcome> =>
  follow(invocation.environment, lookUpWantedInThread(orderOf(invocation), wanted));

/** Says why it ended early, where it did. */
export const sayLookUpEnd = (environment: Environment, { end }: LookUpOutcome): void => {
  if (end.event === 'finished') return;
  sayEarlyEnd(environment, end);
  note(environment, 'What came is kept; the same command goes on, and asks nothing twice.');
};

export const lookUpExitCode = ({ end, damaged }: LookUpOutcome): ExitCode => {
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

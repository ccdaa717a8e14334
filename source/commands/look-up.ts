/** `mia trace --fetch`: looks messages up in the tenant, with progress on standard error. */
import { lookUpProgressWords, lookUpStepWords } from '../domain/look-up-words.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { MessageKey } from '../domain/wanted-message.ts';
import type { LookUpEvent } from '../jobs/lookup/look-up-events.ts';
import type { LookUpOrder } from '../jobs/lookup/look-up-messages.ts';
import { lookUpMessages } from '../jobs/lookup/look-up.ts';
import { hiddenAsker } from './ask-hidden.ts';
import { analystName, caseFolder } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { calmLine } from './progress-line.ts';
import { note } from './report.ts';
import { sayNotice } from './sign-in-notice.ts';
import { tenantFlags } from './tenant-flags.ts';

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
  const line = calmLine(environment);
  let [said, damaged] = ['', false];
  for await (const event of events) {
    switch (event.event) {
      case 'progress': {
        const words = lookUpStepWords(event.progress);
        // Pacing must not swallow what stands there for minutes.
        if (words !== said || event.progress.wait !== null) line.clear();
        if (words !== said && environment.stderr.isTTY !== true) note(environment, `${words}…`);
        said = words;
        line.show(lookUpProgressWords(event.progress));
        break;
      }
      case 'notice':
        line.clear();
        sayNotice(environment, event.notice);
        break;
      case 'source':
        damaged ||= event.source.damaged > 0 || event.source.conflicts > 0;
        break;
      case 'note':
        line.clear();
        note(environment, forTerminal(event.text));
        break;
      case 'arrived':
        break;
      case 'finished':
      case 'cancelled':
      case 'failed':
        line.clear();
        return { end: event, damaged };
    }
  }
  throw new Error('A look-up ended without an ending.');
};

/** What the command line says of it; `messages` in the order in which they are wanted. */
const orderOf = (invocation: Invocation, messages: readonly MessageKey[]): LookUpOrder => {
  const { environment, flags } = invocation;
  return {
    messages,
    again: flags.switches.again === true,
    thorough: flags.switches.thorough === true,
    mailbox: flags.switches.mailboxes === true,
    folder: caseFolder(invocation),
    analyst: analystName(invocation),
    flags: tenantFlags(invocation),
    variables: environment.variables,
    remember: flags.switches.remember === true,
    anew: false,
    signal: environment.signal,
    askHidden: hiddenAsker(environment),
  };
};

export const lookUp = (
  invocation: Invocation,
  messages: readonly MessageKey[],
): Promise<LookUpOutcome> =>
  follow(invocation.environment, lookUpMessages(orderOf(invocation, messages)));

/** Says why it ended early, where it did. */
export const sayLookUpEnd = (environment: Environment, { end }: LookUpOutcome): void => {
  if (end.event === 'finished') return;
  if (end.event === 'failed') {
    note(environment, `mia: ${forTerminal(end.problem)}`);
    if (end.hint !== '') note(environment, `     ${forTerminal(end.hint)}`);
  } else note(environment, 'Cancelled.');
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

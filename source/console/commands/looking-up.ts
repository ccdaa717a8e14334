import { messageQueryOf } from '../queries.ts';
import type { ConsoleState } from '../state.ts';
import type { Step } from '../step.ts';
import { step } from '../step.ts';
import type { Errand } from '../tenant.ts';
import { keyOf } from './bindings.ts';
import type { BehavioursOf } from './command.ts';
import { unless } from './command.ts';

const nothingToLookUp = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo has no tenant to ask';
  if (state.lookUp?.cancelling === true) return 'the look-ups are being stopped';
  if (messageQueryOf(state) === null) return 'there are no messages here to look up';
  const { total } = state.messages;
  if (state.messages.answered !== null && total === 0) return 'there is no single message here';
  return total > 0 && state.traced === total ? 'all of these messages have metadata' : null;
};

const errandHere = (state: ConsoleState, mailbox: boolean): Errand | null => {
  const query = messageQueryOf(state);
  return query === null ? null : { errand: 'look-up', query, mailbox };
};

const lookUp = (state: ConsoleState): Step => {
  const errand = errandHere(state, false);
  if (errand?.errand !== 'look-up') return step(state);
  const { lookUp: running } = state;
  if (running === null)
    return step(state, { effect: 'ask-tenant', then: { use: 'errand', errand } });
  // The connection stays: it is told what is wanted now.
  const { query } = errand;
  return step({ ...state, lookUp: { ...running, query, presses: running.presses + 1 } });
};

/** Said before it is done: reading in a mailbox leaves records in the log that is investigated. */
const askMailbox = (state: ConsoleState): Step => {
  const errand = errandHere(state, true);
  if (errand === null) return step(state);
  const text = 'Reading in mailboxes leaves audit records of its own. Look there too?';
  return step({
    ...state,
    asking: { asking: 'question', text, yes: { deed: 'run-errand', errand } },
  });
};

const mailboxReason = (state: ConsoleState): string | null =>
  nothingToLookUp(state) ??
  (state.lookUp === null
    ? null
    : `look-ups are under way${state.lookUp.mailbox ? ', in the mailboxes too' : ''}: ${keyOf('back')} stops them first`);

/** Asks before it stops: a lone Esc can be line noise. */
export const stopLookUpQuestion = (state: ConsoleState): ConsoleState => ({
  ...state,
  asking: {
    asking: 'question',
    text: 'Stop looking metadata up? What came stays.',
    yes: { deed: 'stop-looking-up' },
  },
});

export const lookingUp: BehavioursOf<'look-up' | 'look-up-mailbox'> = {
  'look-up': unless(nothingToLookUp, lookUp),
  'look-up-mailbox': unless(mailboxReason, askMailbox),
};

import { ask } from '../prompts.ts';
import { messageQueryOf } from '../lists/queries.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';
import type { TenantAction } from '../tenant.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Actions, unless } from './action.ts';

const nothingToLookup = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo has no tenant to ask';
  if (state.lookup?.cancelling === true) return 'the lookups are being stopped';
  if (messageQueryOf(state) === null) return 'there are no messages here to look up';
  const { total } = state.messages;
  if (state.messages.answered !== null && total === 0) return 'there is no single message here';
  return total > 0 && state.traced === total ? 'all of these messages have metadata' : null;
};

const actionHere = (state: ConsoleState, mailbox: boolean): TenantAction | null => {
  const query = messageQueryOf(state);
  return query === null ? null : { action: 'lookup', query, mailbox };
};

const lookup = (state: ConsoleState): Transition => {
  const action = actionHere(state, false);
  if (action?.action !== 'lookup') return transition(state);
  const { lookup: running } = state;
  if (running === null)
    return transition(state, { effect: 'ask-tenant', then: { use: 'tenant-action', action } });
  // The connection stays: it is told what is wanted now.
  const { query } = action;
  return transition({ ...state, lookup: { ...running, query, presses: running.presses + 1 } });
};

/** Said before it is done: reading in a mailbox leaves records in the log that is investigated. */
const askMailbox = (state: ConsoleState): Transition => {
  const action = actionHere(state, true);
  if (action === null) return transition(state);
  const text = 'Reading in mailboxes leaves audit records of its own. Look there too?';
  return transition(ask(state, text, { action: 'run-tenant-action', inTenant: action }));
};

const mailboxReason = (state: ConsoleState): string | null =>
  nothingToLookup(state) ??
  (state.lookup === null
    ? null
    : `lookups are under way${state.lookup.mailbox ? ', in the mailboxes too' : ''}: ${keyOf('back')} stops them first`);

/** Asks before it stops: a lone Esc can be line noise. */
export const askToStopLookup = (state: ConsoleState): ConsoleState =>
  ask(state, 'Stop looking metadata up? What came stays.', { action: 'stop-looking-up' });

export const lookingUp = {
  lookup: unless(nothingToLookup, lookup),
  'lookup-mailbox': unless(mailboxReason, askMailbox),
} satisfies Actions;

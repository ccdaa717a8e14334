import type { MessageQuery } from '../../case/lists/list-queries.ts';
import { layoutOf, listRows } from '../layout.ts';
import { messageQueryOf, sameMessageQuery } from '../lists/queries.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';

/**
 * Whose messages are looked up: those of what is selected or malicious, else those for which the key
 * was pressed. Moving the cursor alone asks the tenant nothing.
 */
const lookupQuery = (state: ConsoleState): MessageQuery | null => {
  const { lookup, selection, scope } = state;
  if (lookup === null) return null;
  const selected = selection.sessions.size + selection.contexts.size > 0;
  return (selected || scope === 'malicious' ? messageQueryOf(state) : null) ?? lookup.query;
};

/** The list in the Messages pane is the one that is looked up. */
export const isListLookedUp = (state: ConsoleState): boolean => {
  const query = lookupQuery(state);
  const { answered } = state.messages;
  return query !== null && answered !== null && sameMessageQuery(query, answered);
};

/** The first row in sight, in whole pages: what is on the screen is looked up first. */
const firstInSight = (state: ConsoleState): number => {
  if (!isListLookedUp(state)) return 0;
  const page = listRows(layoutOf(state), 'messages');
  return Math.floor(state.messages.top / page) * page;
};

/** Hands over what is wanted now, where that is other than it was; one question at a time. */
export const requestLookup = (state: ConsoleState): Transition => {
  const { lookup } = state;
  const query = lookupQuery(state);
  if (lookup === null || query === null || lookup.cancelling) return transition(state);
  const { wanted, presses, id: job } = lookup;
  const from = firstInSight(state);
  const of = JSON.stringify([query, from, presses]);
  if (wanted?.pending === true || wanted?.of === of) return transition(state);
  const asked = { of, pending: true, messages: 0, more: false };
  return transition(
    { ...state, lookup: { ...lookup, wanted: asked, triedFor: presses } },
    // A press tries once more what failed; what follows by itself does not.
    { effect: 'want-messages', job, query, from, failed: lookup.triedFor !== presses },
  );
};

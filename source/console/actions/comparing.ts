import { keyOf } from '../keys/bindings.ts';
import { lastLevel, loadingReason } from '../lists/levels.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import { type Compared, type ConsoleState, type Transition, transition } from '../state.ts';
import { type Actions, unless } from './action.ts';
import { contextInSight } from './judging.ts';
import { ONE_OF_GROUP } from './opening.ts';
import { isGroup } from './ranges.ts';

/** What is compared: the context that is open, else the session under the cursor. */
const comparedHere = (state: ConsoleState): Compared | null => {
  if (state.opened.length > 0) {
    const context = contextInSight(state);
    return context === null ? null : { context };
  }
  const session = rowUnderCursor(state.sessions);
  return session === undefined || isGroup(session) ? null : { session };
};

const nothingToCompare = (state: ConsoleState): string | null => {
  const pane = state.focus === 'details' ? state.detailsOf : state.focus;
  if (pane !== 'sessions')
    return `sessions and contexts are compared: ${keyOf('next-pane')} leads there`;
  if (lastLevel(state)?.level === 'comparison')
    return `this is the comparison: ${keyOf('back')} leads back`;
  const waiting = lastLevel(state)?.level === 'records' ? null : loadingReason(state);
  if (waiting !== null) return waiting;
  if (comparedHere(state) !== null) return null;
  if (state.opened.length > 0)
    return `this record was opened from a row, not from its context: ${keyOf('back')} leads back`;
  return isGroup(rowUnderCursor(state.sessions)) ? ONE_OF_GROUP : 'there is no session here';
};

const compare = (state: ConsoleState): Transition => {
  const subject = comparedHere(state);
  if (subject === null) return transition(state);
  const level = {
    ...({ level: 'comparison', cameFrom: 'sessions' } as const),
    ...{ subject, asked: null, stale: false, found: null, top: 0 },
  };
  return transition({
    ...state,
    opened: [...state.opened, level],
    focus: 'sessions',
    detailsShown: false,
  });
};

export const comparing = { compare: unless(nothingToCompare, compare) } satisfies Actions;

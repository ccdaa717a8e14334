import { lastLevel } from './levels.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';

/**
 * After a movement of the cursor. Messages and details, which depend on it, stay as they are until the
 * hand rests: a held key then draws the list alone, and nothing is asked for rows that it passes by.
 */
export const cursorMoved = (before: ConsoleState, after: ConsoleState): Transition => {
  const { focus: pane, dialog } = after;
  if (pane === 'details' || dialog !== null || lastLevel(after)?.level === 'raw')
    return transition(after);
  const from = before.moving?.from ?? { ...before, moving: null };
  return transition({ ...after, moving: { pane, from } }, { effect: 'await-rest' });
};

/** The Messages pane waits for the hand to rest: the cursor that it depends on is moving. */
export const areMessagesHeld = ({ moving }: ConsoleState): boolean => moving?.pane === 'sessions';

/** What the Messages pane is drawn from. */
export const messagesState = (state: ConsoleState): ConsoleState =>
  areMessagesHeld(state) ? (state.moving?.from ?? state) : state;

/** What the details are drawn from. */
export const detailsState = (state: ConsoleState): ConsoleState => state.moving?.from ?? state;

/** The hand rests: everything follows the cursor. */
export const atRest = (state: ConsoleState): ConsoleState =>
  state.moving === null ? state : { ...state, moving: null };

import { isInSight, type Layout } from '../layout.ts';
import { rowUnderCursor } from './paged-list.ts';
import type { ConsoleEvent } from '../event.ts';
import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';

/** Number of the message whose details are in sight. */
const messageInSight = (state: ConsoleState, layout: Layout): number | null => {
  const { asking, detailsOf } = state;
  if (asking?.asking === 'found') return asking.opened?.row ?? null;
  if (detailsOf !== 'messages' || !isInSight(layout, 'details')) return null;
  return rowUnderCursor(state.messages)?.row ?? null;
};

/** Asks who touched the message whose details are in sight, one question at a time. */
export const askTouches = (state: ConsoleState, layout: Layout): Transition => {
  const { touches, nextRequest: number } = state;
  const message = messageInSight(state, layout);
  if (message === null || touches.asked !== null) return step(state);
  const isKnown = touches.answer?.message === message || touches.failed === message;
  if (isKnown && !touches.stale) return step(state);
  return step(
    {
      ...state,
      touches: { ...touches, asked: { number, message }, stale: false },
      nextRequest: number + 1,
    },
    { effect: 'ask-touches', number, message },
  );
};

export const touchesCame = (
  state: ConsoleState,
  { number, touches }: Extract<ConsoleEvent, { event: 'touches' }>,
): ConsoleState =>
  state.touches.asked?.number === number
    ? { ...state, touches: { ...state.touches, asked: null, answer: touches, failed: null } }
    : state;

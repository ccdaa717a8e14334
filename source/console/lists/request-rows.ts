import { askFound } from '../actions/case-search-rows.ts';
import type { Effect } from '../effect.ts';
import { layoutOf, listRows, type Layout, isInSight } from '../layout.ts';
import { areMessagesHeld } from './dependent-panes.ts';
import { emptyList, missingRange, rangeAround, rowUnderCursor } from './paged-list.ts';
import { comparedRow, lastLevel, replaceLast } from './levels.ts';
import {
  messageQueryOf,
  sameMessageQuery,
  sameMessages,
  sameSessionQuery,
  sessionQueryOf,
} from './queries.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';

/** Number of the message whose details are in sight. */
const messageInSight = (state: ConsoleState, layout: Layout): number | null => {
  const { dialog, detailsOf } = state;
  if (dialog?.dialog === 'found') return dialog.opened?.row ?? null;
  if (detailsOf !== 'messages' || !isInSight(layout, 'details')) return null;
  return rowUnderCursor(state.messages)?.row ?? null;
};

/** Asks who touched the message whose details are in sight, one question at a time. */
const askTouches = (state: ConsoleState, layout: Layout): Transition => {
  const { touches, nextRequest: number } = state;
  const message = messageInSight(state, layout);
  if (message === null || touches.asked !== null || state.moving !== null) return transition(state);
  const isKnown = touches.answer?.message === message || touches.failed === message;
  if (isKnown && !touches.stale) return transition(state);
  return transition(
    {
      ...state,
      touches: { ...touches, asked: { number, message }, stale: false },
      nextRequest: number + 1,
    },
    { effect: 'ask-touches', number, message },
  );
};

const askOverview = (state: ConsoleState): Transition => {
  if (!state.overviewStale || state.overviewAsked !== null) return transition(state);
  const number = state.nextRequest;
  return transition(
    { ...state, overviewAsked: number, overviewStale: false, nextRequest: number + 1 },
    { effect: 'ask-overview', number },
  );
};

const askSessions = (state: ConsoleState, layout: Layout): Transition => {
  const { sessions: list, nextRequest: number } = state;
  if (list.asked !== null) return transition(state);
  const query = sessionQueryOf(state);
  const height = listRows(layout, 'left');
  const fresh = list.answered === null || !sameSessionQuery(list.answered, query);
  const again = fresh || list.stale;
  const range = again ? rangeAround(list.top, height) : missingRange(list, height);
  if (range === null) return transition(state);
  const sessions = { ...list, asked: { number, query }, stale: false };
  return transition(
    { ...state, sessions, nextRequest: number + 1 },
    {
      effect: 'ask-sessions',
      number,
      query,
      key: again ? list.cursorKey : null,
      before: Math.max(0, list.cursor - range.from),
      from: fresh ? 0 : range.from,
      count: range.count,
    },
  );
};

const askMessages = (state: ConsoleState, layout: Layout): Transition => {
  const { messages: list, nextRequest: number } = state;
  if (list.asked !== null || areMessagesHeld(state)) return transition(state);
  const query = messageQueryOf(state);
  if (query === null) {
    const none = state.sessions.answered !== null && state.sessions.total === 0;
    return transition(
      none && list.answered !== null
        ? { ...state, messages: emptyList(), traced: 0, withoutId: 0 }
        : state,
    );
  }
  const height = listRows(layout, 'messages');
  const fresh = list.answered === null || !sameMessageQuery(list.answered, query);
  // Another order of the same messages keeps the cursor on its message; other messages begin anew.
  const sameOnes = list.answered !== null && sameMessages(list.answered, query);
  const range =
    fresh || list.stale ? rangeAround(sameOnes ? list.top : 0, height) : missingRange(list, height);
  if (range === null) return transition(state);
  const messages = { ...list, asked: { number, query }, stale: false };
  return transition(
    { ...state, messages, nextRequest: number + 1 },
    {
      effect: 'ask-messages',
      number,
      query,
      key: (fresh || list.stale) && sameOnes ? list.cursorKey : null,
      before: Math.max(0, list.cursor - range.from),
      from: fresh ? 0 : range.from,
      count: range.count,
    },
  );
};

const askLevel = (state: ConsoleState, layout: Layout): Transition => {
  const level = lastLevel(state);
  const number = state.nextRequest;
  const numbered = { ...state, nextRequest: number + 1 };
  if (level?.level === 'contexts' && level.asked === null) {
    if (level.contexts !== null && !level.stale) return transition(state);
    return transition(replaceLast(numbered, { ...level, asked: number, stale: false }), {
      effect: 'ask-contexts',
      number,
      session: level.session.key,
    });
  }
  if (level?.level === 'comparison' && level.asked === null) {
    if (level.found !== null && !level.stale) return transition(state);
    return transition(replaceLast(numbered, { ...level, asked: number, stale: false }), {
      effect: 'ask-comparison',
      number,
      keys: [comparedRow(level.subject).key],
    });
  }
  if (level?.level === 'records' && level.list.asked === null) {
    const { list } = level;
    const height = listRows(layout, 'left');
    const again = list.answered === null || list.stale;
    const range = again ? rangeAround(list.top, height) : missingRange(list, height);
    if (range === null) return transition(state);
    const context = level.context.key;
    const asked = { number, query: context };
    return transition(replaceLast(numbered, { ...level, list: { ...list, asked, stale: false } }), {
      effect: 'ask-records',
      number,
      context,
      ...range,
    });
  }
  return transition(state);
};

/**
 * Asks for what the screen lacks: at most one question per list is under way, so a held key never
 * builds up a queue; what changed meanwhile is asked when the answer has come.
 */
export const askForRows = (state: ConsoleState): Transition => {
  const layout = layoutOf(state);
  const effects: Effect[] = [];
  let current = state;
  for (const ask of [askOverview, askSessions, askLevel, askMessages, askFound, askTouches]) {
    const next = ask(current, layout);
    current = next.state;
    effects.push(...next.effects);
  }
  return { state: current, effects };
};

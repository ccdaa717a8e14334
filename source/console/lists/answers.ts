import type { EventOf } from '../event.ts';
import type { Message } from '../../domain/exposure/message.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import { exposureRows } from './exposure-rows.ts';
import { type PageAnswer, takePage } from './paged-list.ts';
import { sameMessageQuery, sameSessionQuery, sessionKey } from './queries.ts';
import type { CaseSearch } from '../dialog.ts';
import { type ConsoleState, type Level, type Transition, showError, transition } from '../state.ts';
import type { Range } from '../effect.ts';

/** Of messages and records: their number in records.db. */
export const numberKey = ({ row }: { readonly row: number }): string => String(row);

export const onOverview = (state: ConsoleState, event: EventOf<'overview'>): Transition =>
  transition(
    state.overviewAsked === event.number
      ? {
          ...state,
          overview: event.overview,
          exposureRows: exposureRows(event.overview),
          overviewAsked: null,
        }
      : state,
  );

const withFoundSessions = (state: ConsoleState, answer: PageAnswer<SessionLine>): ConsoleState => {
  const { dialog } = state;
  if (dialog?.dialog !== 'found') return state;
  const sessions = takePage(dialog.sessions, answer, sessionKey, sameSessionQuery);
  return { ...state, dialog: { ...dialog, sessions } };
};

const withFoundMessages = (state: ConsoleState, answer: PageAnswer<Message>): ConsoleState => {
  const { dialog } = state;
  if (dialog?.dialog !== 'found') return state;
  const messages = takePage(dialog.messages, answer, numberKey, sameMessageQuery);
  return { ...state, dialog: { ...dialog, messages } };
};

export const onSessions = (state: ConsoleState, event: EventOf<'sessions'>): Transition => {
  const sessions = takePage(state.sessions, event, sessionKey, sameSessionQuery);
  const range = rangeIn(state, sessions);
  const sessionsListed = sessions === state.sessions ? state.sessionsListed : event.page.sessions;
  return transition({ ...withFoundSessions(state, event), sessions, sessionsListed, range });
};

/** The anchor of a range stays on its row, like the cursor; out of sight it moves with the cursor. */
const rangeIn = (state: ConsoleState, sessions: ConsoleState['sessions']): Range | null => {
  const { range } = state;
  if (range === null) return null;
  const found = sessions.rows.findIndex(({ key }) => key === range.key);
  const index =
    found >= 0 ? sessions.from + found : range.index + sessions.cursor - state.sessions.cursor;
  return { key: range.key, index };
};

export const onMessages = (state: ConsoleState, event: EventOf<'messages'>): Transition => {
  const messages = takePage(state.messages, event, numberKey, sameMessageQuery);
  if (messages === state.messages) return transition(withFoundMessages(state, event));
  const { traced, withoutId } = event.page;
  return transition({ ...state, messages, traced, withoutId });
};

/** Levels that wait for this answer take it in; it may lie below another level by now. */
const inLevels = (state: ConsoleState, take: (level: Level) => Level): Transition =>
  transition({ ...state, opened: state.opened.map(take) });

export const onContexts = (state: ConsoleState, event: EventOf<'contexts'>): Transition =>
  inLevels(state, (level) =>
    level.level === 'contexts' && level.asked === event.number
      ? { ...level, asked: null, contexts: event.contexts }
      : level,
  );

export const onComparison = (state: ConsoleState, event: EventOf<'comparison'>): Transition =>
  inLevels(state, (level) =>
    level.level === 'comparison' && level.asked === event.number
      ? { ...level, asked: null, found: event.found }
      : level,
  );

export const onRecords = (state: ConsoleState, event: EventOf<'records'>): Transition => {
  const answer = { ...event, key: null, position: null };
  return inLevels(state, (level) =>
    level.level === 'records'
      ? { ...level, list: takePage(level.list, answer, numberKey, (a, b) => a === b) }
      : level,
  );
};

export const onRaw = (state: ConsoleState, event: EventOf<'raw'>): Transition => {
  const waiting = state.opened.find(
    (level) => level.level === 'raw' && level.asked === event.number,
  );
  if (waiting === undefined) return transition(state);
  if (event.raw === null)
    return transition(
      showError(closeLevel(state, waiting), 'There is no record to show for this row.'),
    );
  const { raw } = event;
  return inLevels(state, (level) =>
    level === waiting && level.level === 'raw' ? { ...level, asked: null, raw } : level,
  );
};

const closeLevel = (state: ConsoleState, closed: Level): ConsoleState => ({
  ...state,
  opened: state.opened.filter((level) => level !== closed),
  focus: closed.cameFrom,
});

/** Nothing waits for an answer that will not come; the next change of the case asks anew. */
export const onUnanswered = (before: ConsoleState, event: EventOf<'unanswered'>): Transition => {
  const state = showError(before, event.problem);
  const { number } = event;
  if (state.overviewAsked === number) return transition({ ...state, overviewAsked: null });
  const nothing = { version: 0, total: 0, from: 0, rows: [] };
  const answer = { number, page: nothing, key: null, position: null };
  const waiting = state.opened.find((level) => level.level !== 'records' && level.asked === number);
  if (waiting !== undefined) return transition(closeLevel(state, waiting));
  const { touches } = state;
  if (touches.asked?.number === number)
    return transition({
      ...state,
      touches: { ...touches, asked: null, failed: touches.asked.message },
    });
  return transition({
    ...withFoundSessions(withFoundMessages(state, answer), answer),
    sessions: takePage(state.sessions, answer, sessionKey, sameSessionQuery),
    messages: takePage(state.messages, answer, numberKey, sameMessageQuery),
    opened: onRecords(state, { ...event, event: 'records', page: nothing }).state.opened,
  });
};

const withStaleLists = (search: CaseSearch): CaseSearch => ({
  ...search,
  sessions: { ...search.sessions, stale: true },
  messages: { ...search.messages, stale: true },
});

/** Records, traces or verdicts changed: what is in sight is asked for again. */
export const caseChanged = (state: ConsoleState): ConsoleState => ({
  ...state,
  overviewStale: true,
  touches: { ...state.touches, stale: true },
  dialog: state.dialog?.dialog === 'found' ? withStaleLists(state.dialog) : state.dialog,
  lastSearch: state.lastSearch === null ? null : withStaleLists(state.lastSearch),
  sessions: { ...state.sessions, stale: true },
  messages: { ...state.messages, stale: true },
  opened: state.opened.map((level) => {
    if (level.level === 'contexts' || level.level === 'comparison')
      return { ...level, stale: true };
    return level.level === 'records' ? { ...level, list: { ...level.list, stale: true } } : level;
  }),
});

export const onTouches = (
  state: ConsoleState,
  { number, touches }: EventOf<'touches'>,
): ConsoleState =>
  state.touches.asked?.number === number
    ? { ...state, touches: { ...state.touches, asked: null, answer: touches, failed: null } }
    : state;

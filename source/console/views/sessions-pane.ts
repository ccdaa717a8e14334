import type { SessionLine } from '../../case/lists/session-pages.ts';
import { isSideBySide } from '../layout.ts';
import { SESSION_SORT_WORDS } from '../words/sorts.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { yearOfLists, count, many } from '../words/figures.ts';
import { narrowedTitle } from '../words/filter.ts';
import { sessionUser } from '../words/people.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, visibleRows } from './list-lines.ts';
import { sessionColumns } from './session-columns.ts';
import { lineOf, titleLine, titleRoom } from './spans.ts';

const isSelected = (state: ConsoleState, session: SessionLine, index: number): boolean => {
  if (state.selection.sessions.has(session.key)) return true;
  if (state.selection.groups.has(session.key)) return true;
  if (state.range === null) return false;
  const { cursor } = state.sessions;
  const anchor = state.range.index;
  return index >= Math.min(anchor, cursor) && index <= Math.max(anchor, cursor);
};

/** The case counts sessions: where a line stands for several, how many lines there are is said beside. */
const countedSessions = ({ sessions, sessionsListed, group }: ConsoleState): string => {
  if (group !== null) {
    const [one] = sessions.rows;
    const whose = one === undefined ? '' : ` of ${sessionUser(one, 30, ' > ')}`;
    return `Sessions ${count(sessions.total)}${whose}, behind the service`;
  }
  return sessionsListed > sessions.total
    ? `Sessions ${count(sessionsListed)} in ${many(sessions.total, 'line')}`
    : `Sessions ${count(sessions.total)}`;
};

const title = (state: ConsoleState, width: number): string => {
  const { sessions } = state;
  const query = sessions.answered;
  if (query === null) return 'Sessions';
  const above = sessions.top > 0 ? `, ${count(sessions.top)} above` : '';
  const counted = countedSessions(state);
  const more = `, ${SESSION_SORT_WORDS[query.sort]}${above}`;
  return narrowedTitle({ counted, more }, query, titleRoom(width));
};

const nothing = (state: ConsoleState): string => {
  const query = state.sessions.answered;
  if (query === null || state.overview === null) return 'opening the case';
  if (Object.keys(query.filter).length > 0 || query.search !== '')
    return 'No session matches. Nothing is lost: the filter or the search hides them.';
  return state.job === null && state.fetch === null
    ? 'No sessions: what was imported holds no accepted MailItemsAccessed record.'
    : 'Sessions appear here as they are found.';
};

export const sessionsPane = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'sessions';
  const head = titleLine(title(state, width), width, { focused });
  if (state.sessions.total === 0)
    return [head, lineOf('', 'dim'), lineOf(`   ${nothing(state)}`, 'dim')];
  const signIns = state.sessions.rows.some((row) => row.signInGlance.count > 0);
  const columns = sessionColumns({
    ...{ sideBySide: isSideBySide(state), signIns },
    year: yearOfLists(state.overview),
  });
  const fitted = fitColumns(columns, width - GUTTER);
  const rows = visibleRows(
    state.sessions,
    height - 2,
    { cursor: true, focused },
    (session, index) => ({
      selected: isSelected(state, session, index),
      cells: rowLine(session, fitted),
    }),
  );
  return [head, headLine(fitted, GUTTER), ...rows];
};

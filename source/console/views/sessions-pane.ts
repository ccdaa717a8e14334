import { GLYPHS } from '../glyphs.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { clientInShort } from '../../domain/client.ts';
import type { SessionLine } from '../../jobs/case-service.ts';
import { SESSION_SORT_WORDS } from '../words/sorts.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, Tone } from '../view.ts';
import { narrowing } from '../words/filter.ts';
import { count, dayAndMinute } from '../words/figures.ts';
import { sessionAddress, sessionClient, sessionUser } from '../words/people.ts';
import { marksOf, verdictLetter, verdictTone } from '../words/verdicts.ts';
import { activityStrip } from './activity.ts';
import type { Column } from './columns.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, gutterOf, visibleRows } from './list-lines.ts';
import { lineOf, titleLine } from './spans.ts';

/** What is judged benign steps back, what is malicious stands out; the letter says both without colour. */
const rowTone = ({ verdict }: SessionLine): Tone => (verdict === 'benign' ? 'dim' : 'plain');

const userTone = (session: SessionLine): Tone =>
  session.verdict === 'malicious' ? 'malicious' : rowTone(session);

const clientCell = (session: SessionLine, width: number): string => {
  const words = sessionClient(session);
  return words.length <= width ? words : forTerminal(clientInShort(words));
};

const FIGURES: readonly Column<SessionLine>[] = [
  {
    head: 'Bind',
    least: 5,
    most: 6,
    rank: 8,
    right: true,
    tone: rowTone,
    cell: ({ binds }) => count(binds),
  },
  {
    head: 'Sync',
    least: 4,
    most: 5,
    rank: 9,
    right: true,
    tone: rowTone,
    cell: ({ syncs }) => count(syncs),
  },
  {
    head: 'Msgs',
    least: 5,
    most: 7,
    rank: 4,
    right: true,
    tone: rowTone,
    cell: ({ messages }) => count(messages),
  },
];

const COLUMNS: readonly Column<SessionLine>[] = [
  {
    head: 'V',
    least: 1,
    most: 1,
    rank: 0,
    tone: ({ verdict }) => verdictTone(verdict),
    cell: ({ verdict }) => verdictLetter(verdict),
  },
  {
    head: 'Last seen',
    least: 11,
    most: 11,
    rank: 1,
    tone: rowTone,
    cell: ({ lastSeen }) => dayAndMinute(lastSeen),
  },
  {
    head: 'User',
    least: 10,
    most: 34,
    rank: 2,
    tone: userTone,
    cell: (session, width) => sessionUser(session, width, GLYPHS.arrow),
  },
  { head: 'Client', least: 15, most: 18, rank: 6, tone: rowTone, cell: clientCell },
  {
    head: 'Address',
    least: 15,
    most: 24,
    rank: 3,
    tone: rowTone,
    cell: (session) => sessionAddress(session),
  },
  {
    head: 'Activity',
    least: 8,
    most: 16,
    rank: 7,
    cell: (session, width) =>
      activityStrip(session, width < 16 ? 8 : 16, rowTone(session)).concat(
        width > 8 && width < 16 ? [{ text: ' '.repeat(width - 8), tone: 'plain' }] : [],
      ),
  },
  ...FIGURES,
  {
    head: 'Marks',
    least: 5,
    most: 10,
    rank: 5,
    tone: ({ grownSinceVerdict }) => (grownSinceVerdict > 0 ? 'warning' : 'accent'),
    cell: (session) => marksOf(session),
  },
];

const isSelected = (state: ConsoleState, session: SessionLine, index: number): boolean => {
  if (state.selection.sessions.has(session.key)) return true;
  if (state.range === null) return false;
  const { cursor } = state.sessions;
  const anchor = state.range.index;
  return index >= Math.min(anchor, cursor) && index <= Math.max(anchor, cursor);
};

const title = (state: ConsoleState): string => {
  const { sessions } = state;
  const query = sessions.answered;
  if (query === null) return 'Sessions';
  const above = sessions.top > 0 ? `, ${count(sessions.top)} above` : '';
  return `Sessions ${count(sessions.total)}, ${SESSION_SORT_WORDS[query.sort]}${narrowing(query.filter, query.search)}${above}`;
};

const nothing = (state: ConsoleState): string => {
  const query = state.sessions.answered;
  if (query === null) return 'opening the case';
  if (Object.keys(query.filter).length > 0 || query.search !== '')
    return 'No session matches. Nothing is lost: the filter or the search hides them.';
  return state.job === null
    ? 'No sessions: what was imported holds no accepted MailItemsAccessed record.'
    : 'Sessions appear here as they are found.';
};

export const sessionsPane = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'sessions';
  const head = titleLine(title(state), width, { focused });
  if (state.sessions.total === 0)
    return [head, lineOf('', 'dim'), lineOf(`   ${nothing(state)}`, 'dim')];
  const fitted = fitColumns(COLUMNS, width - GUTTER);
  const rows = visibleRows(state.sessions, height - 2, (session, index) => {
    const cursor = index === state.sessions.cursor;
    const selected = isSelected(state, session, index);
    return rowLine(session, fitted, gutterOf({ cursor, focused, selected }));
  });
  return [head, headLine(fitted, GUTTER), ...rows];
};

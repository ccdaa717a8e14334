import { withoutIdToo } from '../../domain/count-words.ts';
import type { MessageQuery } from '../../case/lists/list-queries.ts';
import { SYMBOLS } from '../symbols.ts';
import { isSideBySide } from '../layout.ts';
import { rowUnderCursor } from '../lists/paged-list.ts';
import type { ConsoleState, Selection } from '../state.ts';
import { selectionInWords } from '../selection.ts';
import type { Line } from '../view.ts';
import { isListLookedUp } from '../actions/lookup-messages.ts';
import { yearOfLists, count, many } from '../words/figures.ts';
import { narrowedTitle } from '../words/filter.ts';
import { MESSAGE_SORT_WORDS } from '../words/sorts.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { GUTTER, visibleRows } from './list-lines.ts';
import { messageColumns } from './message-columns.ts';
import { lineOf, titleLine, titleRoom } from './spans.ts';

const isNothing = ({ sessions, contexts }: Selection): boolean =>
  sessions.size + contexts.size === 0;

const scopeInWords = ({ scope }: MessageQuery, state: ConsoleState): string => {
  const { selection } = state;
  switch (scope.of) {
    case 'sessions': {
      if (!isNothing(selection)) return selectionInWords(selection);
      const line = rowUnderCursor(state.sessions);
      const group = line !== undefined && scope.keys[0] === line.key ? line.group : null;
      return many(group?.sessions ?? scope.keys.length, 'session');
    }
    case 'context':
      return '1 context';
    case 'malicious':
      return 'all malicious contexts';
    case 'case':
      return 'the whole case';
  }
};

/** How many of them have metadata. */
const tracedWords = ({ messages: { total }, traced }: ConsoleState): string => {
  if (total === 0) return '';
  if (traced === 0) return ', none traced';
  return `, ${traced === total ? 'all' : count(traced)} traced`;
};

const BAR_CELLS = 8;

/** How much of what is wanted is answered, while it is not all of it. */
const progressBar = (state: ConsoleState): string => {
  const progress = state.lookup?.progress ?? null;
  if (!isLookingUp(state) || progress === null || progress.messages.all === 0) return '';
  const { done, all } = progress.messages;
  const full = Math.floor((done / all) * BAR_CELLS);
  return ` ${SYMBOLS.done.repeat(full)}${SYMBOLS.left.repeat(BAR_CELLS - full)}`;
};

/** What this pane lists is being looked up. */
const isLookingUp = (state: ConsoleState): boolean =>
  state.lookup !== null &&
  state.lookup.progress?.step !== 'idle' &&
  !state.lookup.cancelling &&
  isListLookedUp(state);

const isWhole = ({ filter, search }: MessageQuery): boolean =>
  Object.keys(filter).length === 0 && search === '';

/**
 * The count that is said everywhere else: items without an id apart, and of all that is malicious
 * what only contradicting records say, which is not confirmed.
 */
const countedWords = (state: ConsoleState, query: MessageQuery): string => {
  const { messages, withoutId, overview } = state;
  const ofAll = query.scope.of === 'malicious' && isWhole(query);
  const contested = ofAll ? (overview?.summary.contested ?? 0) : 0;
  const counted = withoutIdToo(Math.max(0, messages.total - withoutId - contested), withoutId);
  return contested === 0 ? counted : `${counted}, ${count(contested)} contested`;
};

const title = (state: ConsoleState, query: MessageQuery | null, width: number): string => {
  if (query === null) return 'Messages';
  const order = query.sort === 'accessed' ? '' : `, ${MESSAGE_SORT_WORDS[query.sort]}`;
  const counted = `Messages of ${scopeInWords(query, state)}, ${countedWords(state, query)}`;
  const more = `${tracedWords(state)}${progressBar(state)}${order}`;
  return narrowedTitle({ counted, more }, query, titleRoom(width));
};

const nothing = (query: MessageQuery | null): string => {
  if (query === null) return '';
  if (!isWhole(query)) return 'No message matches.';
  return query.scope.of === 'malicious'
    ? 'Nothing is judged malicious yet.'
    : 'No single messages: its records list none (a Sync names a folder only).';
};

export const messagesPane = (
  state: ConsoleState,
  width: number,
  height: number,
): readonly Line[] => {
  const focused = state.focus === 'messages';
  const looked = focused || (state.focus === 'details' && state.detailsOf === 'messages');
  const { messages } = state;
  const heading = title(state, messages.answered, width);
  const head = titleLine(heading, width, { focused });
  if (messages.total === 0)
    return [head, lineOf(''), lineOf(`   ${nothing(messages.answered)}`, 'dim')];
  const columns = messageColumns({
    ...{ sideBySide: isSideBySide(state), lookingUp: isLookingUp(state) },
    year: yearOfLists(state.overview),
    intruder: messages.answered?.scope.of === 'malicious',
  });
  const fitted = fitColumns(columns, width - GUTTER);
  const rows = visibleRows(messages, height - 2, { cursor: looked, focused }, (message) => ({
    selected: false,
    cells: rowLine(message, fitted),
  }));
  return [head, headLine(fitted, GUTTER), ...rows];
};

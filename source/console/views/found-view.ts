import type { Message } from '../../domain/exposure/message.ts';
import { foundRows, listWithCursor } from '../actions/case-search-rows.ts';
import { isSideBySide } from '../layout.ts';
import type { CaseSearch } from '../dialog.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { yearOfLists, count, many } from '../words/figures.ts';
import { messageFacts } from '../words/details.ts';
import { fitColumns, headLine, rowLine } from './columns.ts';
import { factLines } from './details-pane.ts';
import { findLine, lineOf, titleLine } from './spans.ts';
import { GUTTER, visibleRows } from './list-lines.ts';
import { messageColumns } from './message-columns.ts';
import { sessionColumns } from './session-columns.ts';

/** The details of a message that was found, all lines of them. */
export const foundDetails = (state: ConsoleState, message: Message): readonly Line[] =>
  messageFacts(message, state.touches.answer).flatMap((fact) =>
    factLines(fact, state.size.columns),
  );

const padded = (lines: readonly Line[], height: number): readonly Line[] => [
  ...lines.slice(0, height),
  ...Array.from({ length: Math.max(0, height - lines.length) }, () => lineOf('')),
];

const messagesPart = (state: ConsoleState, search: CaseSearch, width: number, rows: number) => {
  const focused = listWithCursor(search) === 'messages';
  const { messages } = search;
  const at = { sideBySide: isSideBySide(state), lookingUp: false };
  const columns = messageColumns({ ...at, year: yearOfLists(state.overview), intruder: false });
  const fitted = fitColumns(columns, width - GUTTER);
  const lines = visibleRows(messages, rows, { cursor: focused, focused }, (message) => ({
    selected: false,
    cells: rowLine(message, fitted),
  }));
  return [
    titleLine(`Messages ${count(messages.total)}`, width, { focused }),
    headLine(fitted, GUTTER),
    ...lines,
  ];
};

const sessionsPart = (state: ConsoleState, search: CaseSearch, width: number, rows: number) => {
  const focused = listWithCursor(search) === 'sessions';
  const { sessions } = search;
  const at = { sideBySide: isSideBySide(state), signIns: false };
  const columns = sessionColumns({ ...at, year: yearOfLists(state.overview) });
  const fitted = fitColumns(columns, width - GUTTER);
  const lines = visibleRows(sessions, rows, { cursor: focused, focused }, (session) => ({
    selected: state.selection.sessions.has(session.key),
    cells: rowLine(session, fitted),
  }));
  return [
    titleLine(`Sessions ${count(sessions.total)}`, width, { focused }),
    headLine(fitted, GUTTER),
    ...lines,
  ];
};

const lists = (
  state: ConsoleState,
  search: CaseSearch,
  width: number,
  height: number,
): readonly Line[] => {
  const { messages, sessions } = search;
  if (messages.total + sessions.total === 0) {
    const isAsked = messages.asked !== null || sessions.asked !== null;
    const nothing =
      search.text.trim() === ''
        ? 'Type a subject, sender, recipient, id, folder; a user, address, client.'
        : isAsked
          ? ''
          : 'Nothing in the case matches.';
    return [lineOf(''), lineOf(`   ${nothing}`, 'dim')];
  }
  const rows = foundRows(search, height);
  return [
    ...(messages.total === 0
      ? []
      : padded(messagesPart(state, search, width, rows.messages), rows.messages + 2)),
    ...(sessions.total === 0 ? [] : sessionsPart(state, search, width, rows.sessions)),
  ];
};

/** A search of the whole case: what was found, or the details of a message that was. */
export const foundView = (
  state: ConsoleState,
  search: CaseSearch,
  width: number,
  height: number,
): readonly Line[] => {
  if (search.opened !== null) {
    const lines = foundDetails(state, search.opened);
    const page = height - 1;
    const more = lines.length - search.top - page;
    const title = `Message, details${more > 0 ? `, ${many(more, 'more line')}` : ''}`;
    return [
      titleLine(title, width, { focused: true }),
      ...lines.slice(search.top, search.top + page),
    ];
  }
  return [findLine(search.text, width), ...lists(state, search, width, height - 1)];
};

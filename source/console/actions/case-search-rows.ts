import { heightOf, type Layout } from '../layout.ts';
import { keepInSight, missingRange, type PagedList, rangeAround } from '../lists/paged-list.ts';
import type { CaseSearch } from '../dialog.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';
import { sameMessageQuery, sameSessionQuery } from '../lists/queries.ts';
import type { MessageQuery, SessionQuery } from '../../case/lists/list-queries.ts';

/** What a search of the whole case asks for; null: nothing was typed yet. */
export const searchQueries = ({
  text,
}: CaseSearch): { readonly sessions: SessionQuery; readonly messages: MessageQuery } | null =>
  text.trim() === ''
    ? null
    : {
        sessions: { filter: {}, sort: 'lastSeen', search: text },
        messages: { scope: { of: 'case' }, filter: {}, sort: 'accessed', search: text },
      };

/** The list the cursor is in: one with rows, where any has some. */
export const listWithCursor = (search: CaseSearch): 'sessions' | 'messages' => {
  const other = search.in === 'sessions' ? 'messages' : 'sessions';
  return search[search.in].total === 0 && search[other].total > 0 ? other : search.in;
};

/** Title and heads of a list. */
const AROUND = 2;

/** Rows of both lists in `height` lines: sessions have a third of it, or what messages leave, where both have some. */
export const foundRows = (
  { sessions, messages }: CaseSearch,
  height: number,
): { readonly sessions: number; readonly messages: number } => {
  if (messages.total === 0) return { sessions: Math.max(1, height - AROUND), messages: 1 };
  if (sessions.total === 0) return { sessions: 1, messages: Math.max(1, height - AROUND) };
  const room = height - 2 * AROUND;
  const most = Math.max(1, Math.floor(room / 3), room - messages.total);
  const forSessions = Math.min(sessions.total, most);
  return { sessions: forSessions, messages: Math.max(1, room - forSessions) };
};

/** The line with the text is not theirs. */
const rowsIn = (search: CaseSearch, layout: Layout) =>
  foundRows(search, heightOf(layout, 'whole') - 1);

export const keepFoundInSight = (state: ConsoleState, layout: Layout): ConsoleState => {
  const { dialog } = state;
  if (dialog?.dialog !== 'found') return state;
  const rows = rowsIn(dialog, layout);
  const sessions = keepInSight(dialog.sessions, rows.sessions);
  const messages = keepInSight(dialog.messages, rows.messages);
  return { ...state, dialog: { ...dialog, sessions, messages } };
};

interface Asked<Query, Row> {
  readonly list: PagedList<Query, Row>;
  readonly from: number;
  readonly count: number;
}

const askList = <Query, Row>(
  list: PagedList<Query, Row>,
  query: Query,
  same: (one: Query, other: Query) => boolean,
  at: { readonly number: number; readonly rows: number },
): Asked<Query, Row> | null => {
  if (list.asked !== null) return null;
  const fresh = list.answered === null || !same(list.answered, query);
  const top = fresh ? 0 : list.top;
  const range = fresh || list.stale ? rangeAround(top, at.rows) : missingRange(list, at.rows);
  if (range === null) return null;
  // Another text begins at its best row.
  const begun = fresh ? { ...list, cursor: 0, cursorKey: null, top: 0 } : list;
  return { list: { ...begun, asked: { number: at.number, query }, stale: false }, ...range };
};

/** Asks for what both lists of a search lack. */
export const askFound = (state: ConsoleState, layout: Layout): Transition => {
  const { dialog, nextRequest: number } = state;
  if (dialog?.dialog !== 'found') return transition(state);
  const queries = searchQueries(dialog);
  if (queries === null) return transition(state);
  const rows = rowsIn(dialog, layout);
  const sessions = askList(dialog.sessions, queries.sessions, sameSessionQuery, {
    ...{ number, rows: rows.sessions },
  });
  const messages = askList(dialog.messages, queries.messages, sameMessageQuery, {
    ...{ number: number + 1, rows: rows.messages },
  });
  const effects = [
    ...(sessions === null
      ? []
      : [askedOf('ask-sessions' as const, number, queries.sessions, sessions)]),
    ...(messages === null
      ? []
      : [askedOf('ask-messages' as const, number + 1, queries.messages, messages)]),
  ];
  if (effects.length === 0) return transition(state);
  const next = {
    ...dialog,
    sessions: sessions?.list ?? dialog.sessions,
    messages: messages?.list ?? dialog.messages,
  };
  return transition({ ...state, dialog: next, nextRequest: number + 2 }, ...effects);
};

const askedOf = <Name extends string, Query>(
  effect: Name,
  number: number,
  query: Query,
  { from, count }: { readonly from: number; readonly count: number },
) => ({ effect, number, query, key: null, before: 0, from, count });

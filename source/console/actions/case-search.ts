import type { EventOf } from '../event.ts';
import type { MessageQuery, SessionQuery } from '../../case/lists/list-queries.ts';
import { keyOf } from '../keys/bindings.ts';
import { emptyList } from '../lists/paged-list.ts';
import type { CaseSearch, ConsoleState } from '../state.ts';
import { type Transition, showStatus, transition } from '../transition.ts';

const NOTHING_FOUND: Pick<CaseSearch, 'sessions' | 'messages'> = {
  sessions: emptyList(),
  messages: emptyList(),
};

const NO_SEARCH: CaseSearch = {
  ...NOTHING_FOUND,
  dialog: 'found',
  in: 'messages',
  text: '',
  old: true,
  opened: null,
  top: 0,
};

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

export const withSearched = (
  state: ConsoleState,
  search: CaseSearch,
  text: string,
): ConsoleState => {
  if (search.opened !== null) return state;
  const lists = text.trim() === '' ? NOTHING_FOUND : {};
  return { ...state, dialog: { ...search, ...lists, in: 'messages', text, old: false } };
};

export const typedInSearch = (
  state: ConsoleState,
  search: CaseSearch,
  typed: string,
): ConsoleState => withSearched(state, search, search.old ? typed : search.text + typed);

/** With the text and the rows of the one before, which the first letter typed replaces. */
export const openSearch = (state: ConsoleState): ConsoleState => {
  const last = state.lastSearch ?? NO_SEARCH;
  // What was under way when it was closed has nobody to come to.
  const sessions = { ...last.sessions, asked: null, stale: true };
  const messages = { ...last.messages, asked: null, stale: true };
  return { ...state, dialog: { ...last, sessions, messages, old: true, opened: null, top: 0 } };
};

/** To the session in its list, all of which is shown if what narrowed it hides the session. */
export const onSessionFound = (
  state: ConsoleState,
  { key, found: { isListed, group } }: EventOf<'session-found'>,
): Transition => {
  // Nothing is under the cursor until the row itself has come: the next key may judge it.
  const list = {
    ...state.sessions,
    asked: null,
    rows: [],
    cursorKey: key,
    stale: true,
    touched: true,
  };
  const there: ConsoleState = {
    ...state,
    ...{ dialog: null, focus: 'sessions', opened: [], range: null, detailsShown: false },
    sessions: list,
    group: group === null ? null : { key: group, search: isListed ? state.sessionSearch : '' },
  };
  if (isListed) return transition(there);
  const { filter, sessionSearch } = state;
  const isFiltered = Object.keys(filter).length > 0;
  const all = {
    ...there,
    ...{ filter: {}, sessionSearch: '' },
    ...(isFiltered ? { filterAside: filter } : {}),
  };
  const what = isFiltered
    ? sessionSearch === ''
      ? 'the filter'
      : 'filter and search'
    : 'the search';
  const again = isFiltered ? `; ${keyOf('clear-filter')} brings the filter back` : '';
  return transition(showStatus(all, `${what} of the sessions hid this one and is gone${again}`));
};

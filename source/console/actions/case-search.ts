import type { EventOf } from '../event.ts';
import { keyOf } from '../keys/bindings.ts';
import { emptyList, moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import type { CaseSearch } from '../dialog.ts';
import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import { numberKey } from '../lists/answers.ts';
import { heightOf, layoutOf } from '../layout.ts';
import { sessionKey, sessionQueryOf } from '../lists/queries.ts';
import { foundDetails } from '../views/found-view.ts';
import { type Action, type Actions, always, unless, noCase } from './action.ts';
import { listWithCursor } from './case-search-rows.ts';

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
const openSearch = (state: ConsoleState): ConsoleState => {
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

const inSearch = (run: (state: ConsoleState, search: CaseSearch) => Transition): Action =>
  always((state) =>
    state.dialog?.dialog === 'found' ? run(state, state.dialog) : transition(state),
  );

/** Up and down within the list, and over its end into the other. */
const moveInLists = (search: CaseSearch, by: number): CaseSearch => {
  const list = listWithCursor(search);
  const { cursor, total } = search[list];
  if (list === 'messages') {
    if (by > 0 && cursor >= total - 1 && search.sessions.total > 0)
      return { ...search, in: 'sessions', sessions: moveTo(search.sessions, 0, sessionKey) };
    return { ...search, in: list, messages: moveTo(search.messages, cursor + by, numberKey) };
  }
  if (by < 0 && cursor === 0 && search.messages.total > 0) return { ...search, in: 'messages' };
  return { ...search, in: list, sessions: moveTo(search.sessions, cursor + by, sessionKey) };
};

const move = (by: (page: number) => number): Action =>
  inSearch((state, search) => {
    const page = Math.max(1, heightOf(layoutOf(state), 'whole') - 4);
    if (search.opened === null)
      return transition({ ...state, dialog: moveInLists(search, by(page)) });
    const last = Math.max(0, foundDetails(state, search.opened).length - page);
    const top = Math.max(0, Math.min(last, search.top + by(page)));
    return transition({ ...state, dialog: { ...search, top } });
  });

const open = inSearch((state, search) => {
  if (search.opened !== null) return transition(state);
  if (listWithCursor(search) === 'messages') {
    const message = rowUnderCursor(search.messages);
    return transition(
      message === undefined ? state : { ...state, dialog: { ...search, opened: message, top: 0 } },
    );
  }
  const session = rowUnderCursor(search.sessions);
  if (session === undefined) return transition(state);
  const query = sessionQueryOf(state);
  return transition(
    { ...state, dialog: null, lastSearch: search },
    { effect: 'find-session', query, key: session.key },
  );
});

const close = inSearch((state, search) =>
  search.opened === null
    ? transition({ ...state, dialog: null, lastSearch: search })
    : transition({ ...state, dialog: { ...search, opened: null } }),
);

const switchList = inSearch((state, search) => {
  const other = listWithCursor(search) === 'sessions' ? 'messages' : 'sessions';
  return transition({ ...state, dialog: { ...search, in: other } });
});

const isOpened = ({ dialog }: ConsoleState): string | null =>
  dialog?.dialog === 'found' && dialog.opened !== null
    ? `these are the details: ${keyOf('found-close')} leads back to what was found`
    : null;

export const caseSearch = {
  'search-case': unless(noCase, (state) => transition(openSearch(state))),
  'found-open': unless(isOpened, open.run),
  'found-close': close,
  'found-switch': unless(isOpened, switchList.run),
  'found-down': move(() => 1),
  'found-up': move(() => -1),
  'found-page-down': move((page) => page),
  'found-page-up': move((page) => -page),
} satisfies Actions;

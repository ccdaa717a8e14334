import { numberKey } from '../lists/answers.ts';
import { heightOf, layoutOf } from '../layout.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { sessionKey, sessionQueryOf } from '../lists/queries.ts';
import type { CaseSearch, ConsoleState } from '../state.ts';
import { transition, type Transition } from '../transition.ts';
import { listWithCursor, openSearch } from './case-search.ts';
import { foundDetails } from '../views/found-view.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Action, type Actions, always, unless, noCase } from './action.ts';

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

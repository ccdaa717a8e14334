import { paneInFocus } from '../keys/key-context.ts';
import { openPrompt } from '../prompts.ts';
import { topLevel } from '../lists/levels.ts';
import type { ConsoleState, RawLevel } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import {
  MESSAGE_SORTS,
  MESSAGE_SORT_WORDS,
  SESSION_SORTS,
  SESSION_SORT_WORDS,
} from '../words/sorts.ts';
import { cancelFetchQuestion, cancelJobQuestion, giveAuthenticationUp } from './leaving.ts';
import { hideDetails } from './details.ts';
import { isFiltered, withoutFilter } from './filtering.ts';
import type { BehavioursOf } from './action.ts';
import { always, unless } from './action.ts';
import { keyOf } from '../keys/bindings.ts';
import { closeGroup } from './session-groups.ts';
import { noticeNow } from '../tenant.ts';
import { stopLookupQuestion } from './lookup-keys.ts';
import { dropSelection } from './selecting.ts';

const after = <Value>(values: readonly Value[], value: Value): Value =>
  values[(values.indexOf(value) + 1) % values.length] ?? value;

const listHere = (state: ConsoleState): 'sessions' | 'messages' | null => {
  const place = paneInFocus(state);
  return place === 'sessions' || place === 'messages' ? place : null;
};

const rawInFocus = (state: ConsoleState): RawLevel | null =>
  paneInFocus(state) === 'raw' ? topLevel(state, 'raw') : null;

const onlyInLists =
  (what: string) =>
  (state: ConsoleState): string | null =>
    listHere(state) === null
      ? `${what} the Sessions and the Messages pane: ${keyOf('next-pane')} or ${keyOf('back')} leads there`
      : null;

const sort = (state: ConsoleState): Transition => {
  if (listHere(state) === 'messages') {
    const messageSort = after(MESSAGE_SORTS, state.messageSort);
    return step(say({ ...state, messageSort }, `messages ${MESSAGE_SORT_WORDS[messageSort]}`));
  }
  const sessionSort = after(SESSION_SORTS, state.sessionSort);
  return step(say({ ...state, sessionSort }, `sessions ${SESSION_SORT_WORDS[sessionSort]}`));
};

const search = (state: ConsoleState): Transition => {
  const level = rawInFocus(state);
  if (level !== null) return step(openPrompt(state, { for: 'find' }, level.find.text));
  const pane = listHere(state);
  if (pane === null) return step(state);
  const before = pane === 'sessions' ? state.sessionSearch : state.messageSearch;
  return step(openPrompt(state, { for: 'search', pane, before }, before));
};

const scope = (state: ConsoleState): Transition =>
  step({ ...state, scope: state.scope === 'malicious' ? 'session' : 'malicious' });

const closeLevel = (state: ConsoleState): ConsoleState => {
  const level = state.opened.at(-1);
  return level === undefined
    ? state
    : { ...state, opened: state.opened.slice(0, -1), focus: level.cameFrom };
};

/** The nearest thing that can be left, outward. Nothing is lost by it: a lone Esc can be line noise. */
const back = (state: ConsoleState): Transition => {
  if (state.error !== null) return step({ ...state, error: null });
  if (noticeNow(state) !== null) return step(giveAuthenticationUp(state));
  if (state.range !== null) return step({ ...state, range: null });
  if (state.focus === 'details' || state.detailsShown) return step(hideDetails(state));
  if (state.focus === 'sessions' && state.opened.length > 0) return step(closeLevel(state));
  if (state.focus === 'messages' && state.messageSearch !== '')
    return step({ ...state, messageSearch: '' });
  const searchBefore = state.group?.search ?? '';
  if (state.focus === 'sessions' && state.sessionSearch !== searchBefore)
    return step({ ...state, sessionSearch: searchBefore });
  if (state.focus === 'sessions' && state.group !== null) return step(closeGroup(state));
  if (state.focus === 'sessions' && state.sessionSearch !== '')
    return step({ ...state, sessionSearch: '' });
  if (state.focus !== 'sessions') return step({ ...state, focus: 'sessions' });
  if (state.selection.sessions.size + state.selection.contexts.size > 0)
    return step(dropSelection(state));
  if (state.scope === 'malicious') return step({ ...state, scope: 'session' });
  if (state.job !== null) return step(cancelJobQuestion(state, state.job));
  if (state.fetch !== null) return step(cancelFetchQuestion(state));
  if (state.lookup !== null) return step(stopLookupQuestion(state));
  if (isFiltered(state)) return step(withoutFilter(state));
  return step(say(state, `nothing to go back from; ${keyOf('quit')} leaves`));
};

export const looking: BehavioursOf<'back' | 'scope' | 'search' | 'sort'> = {
  back: always(back),
  scope: always(scope),
  search: unless(
    (state) => (rawInFocus(state) === null ? onlyInLists('search works in')(state) : null),
    search,
  ),
  sort: unless(onlyInLists('there is an order to choose in'), sort),
};

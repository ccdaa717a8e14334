import { ask } from '../prompts.ts';
import type { EventOf } from '../event.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { moveToIndex } from '../lists/short-list.ts';
import { loadingReason, contextUnderCursor, lastLevel, replaceLast } from '../lists/levels.ts';
import { sessionKey } from '../lists/queries.ts';
import { withRecordsShown, NOTHING_SELECTED, selectionInWords } from '../selection.ts';
import {
  type ConsoleState,
  type Selection,
  type Transition,
  showStatus,
  transition,
} from '../state.ts';
import { askRange, isGroup, selectGroup } from './ranges.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Actions, unless } from './action.ts';
import { many } from '../words/figures.ts';
import { forTerminal } from '../../domain/terminal-text.ts';

const range = (state: ConsoleState): Transition => {
  if (state.range !== null) return askRange(state, 'select');
  const session = rowUnderCursor(state.sessions);
  if (session === undefined) return transition(state);
  const text = `a range from here: move, then ${keyOf('range')} selects it, ${keyOf('mark-malicious')} or ${keyOf('mark-benign')} judges it`;
  const anchor = { key: session.key, index: state.sessions.cursor };
  return transition(showStatus({ ...state, range: anchor }, text));
};

const isEmpty = ({ sessions, contexts }: Selection): boolean => sessions.size + contexts.size === 0;

const notSelectable = (state: ConsoleState): string | null => {
  if (state.focus !== 'sessions')
    return `sessions and contexts can be selected: ${keyOf('next-pane')} leads there`;
  const waiting = loadingReason(state);
  if (waiting !== null) return waiting;
  const level = lastLevel(state);
  if (level === null)
    return rowUnderCursor(state.sessions) === undefined
      ? 'there is no session here to select'
      : null;
  if (level.level !== 'contexts')
    return `sessions and contexts can be selected: ${keyOf('back')} leads back`;
  return contextUnderCursor(level) === undefined ? 'there is no context here to select' : null;
};

const toggleSession = (state: ConsoleState, session: SessionLine): ConsoleState => {
  const sessions = new Set(state.selection.sessions);
  const groups = new Set(state.selection.groups);
  if (!sessions.delete(session.key)) sessions.add(session.key);
  // Without one of its sessions a group is not selected whole.
  else if (state.group !== null) groups.delete(state.group.key);
  return {
    ...state,
    selection: {
      ...state.selection,
      sessions,
      groups,
      seen: withRecordsShown(state.selection, [session]),
    },
    sessions: moveTo(state.sessions, state.sessions.cursor + 1, sessionKey),
  };
};

const toggleContext = (state: ConsoleState): ConsoleState => {
  const level = lastLevel(state);
  if (level?.level !== 'contexts' || level.position.key === null) return state;
  const contexts = new Map(state.selection.contexts);
  const { key, index } = level.position;
  if (!contexts.delete(key)) contexts.set(key, level.session.key);
  const shown = contextUnderCursor(level);
  const seen = withRecordsShown(state.selection, shown === undefined ? [] : [shown]);
  const keys = (level.contexts ?? []).map((context) => context.key);
  return replaceLast(
    { ...state, selection: { ...state.selection, contexts, seen } },
    { ...level, position: moveToIndex(level.position, keys, index + 1) },
  );
};

const select = (state: ConsoleState): Transition => {
  if (state.range !== null) return askRange(state, 'select');
  if (state.opened.length > 0) return transition(toggleContext(state));
  const session = rowUnderCursor(state.sessions);
  if (isGroup(session)) return selectGroup(state, session);
  return transition(session === undefined ? state : toggleSession(state, session));
};

/** The one address of the row under the cursor, or why there is none. */
const addressHere = (state: ConsoleState): { address: string } | string => {
  const level = lastLevel(state);
  if (level !== null) {
    const context =
      level.level === 'contexts'
        ? contextUnderCursor(level)
        : level.level === 'records'
          ? level.context
          : undefined;
    if (context === undefined) return 'there is no context here';
    return context.address === null
      ? 'the log states no address here'
      : { address: context.address };
  }
  const session = rowUnderCursor(state.sessions);
  if (session === undefined) return 'there is no session here';
  const [address, other] = session.addresses;
  if (address === undefined) return 'the log states no address here';
  return other === undefined
    ? { address }
    : `this session came from ${session.addresses.length} addresses: ${keyOf('open')} opens it, then choose a context`;
};

const addressReason = (state: ConsoleState): string | null => {
  if (state.focus !== 'sessions')
    return `an address is chosen by a session or context: ${keyOf('next-pane')} leads there`;
  const found = addressHere(state);
  return typeof found === 'string' ? found : null;
};

const sameAddress = (state: ConsoleState): Transition => {
  const found = addressHere(state);
  return typeof found === 'string'
    ? transition(showStatus(state, found))
    : transition(state, { effect: 'ask-address', address: found.address });
};

export const dropSelection = (state: ConsoleState): ConsoleState =>
  showStatus(
    { ...state, selection: NOTHING_SELECTED, putAside: state.selection },
    `${selectionInWords(state.selection)} no longer selected (${keyOf('drop-selection')} selects them again)`,
  );

const dropOrBringBack = (state: ConsoleState): Transition => {
  if (!isEmpty(state.selection)) return transition(dropSelection(state));
  const back = { ...state, selection: state.putAside, putAside: NOTHING_SELECTED };
  return transition(showStatus(back, `${selectionInWords(state.putAside)} selected again`));
};

export const onAddress = (state: ConsoleState, event: EventOf<'address'>): Transition => {
  const { reach } = event;
  const address = forTerminal(reach.address);
  if (reach.contexts.length === 0)
    return transition(showStatus(state, `no context in the case is from ${address}`));
  const size = `${many(reach.contexts.length, 'context')} in ${many(reach.sessions, 'session')}, ${many(reach.messages, 'message')}`;
  const text = reach.service
    ? `${address} is the service's own, a proxy and not the actor: ${size}. Select them all the same?`
    : `${address}: ${size}. Select them?`;
  return transition(ask(state, text, { action: 'select-reach', reach }));
};

export const selecting = {
  range: unless(
    (state) =>
      notSelectable(state) ??
      (state.opened.length > 0
        ? `ranges are for sessions; ${keyOf('select')} selects contexts`
        : null),
    range,
  ),
  select: unless(notSelectable, select),
  'same-address': unless(addressReason, sameAddress),
  'drop-selection': unless(
    (state) => (isEmpty(state.selection) && isEmpty(state.putAside) ? 'nothing is selected' : null),
    dropOrBringBack,
  ),
} satisfies Actions;

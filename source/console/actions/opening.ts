import type { RecordOf } from '../effect.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { emptyList, rowUnderCursor } from '../lists/paged-list.ts';
import { START } from '../lists/short-list.ts';
import { loadingReason, contextUnderCursor, lastLevel } from '../lists/levels.ts';
import {
  type ConsoleState,
  type Level,
  type RecordsLevel,
  type Pane,
  type Transition,
  transition,
} from '../state.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Actions, unless, always } from './action.ts';
import { isGroup, openGroup } from './ranges.ts';

const ownerOf = (state: ConsoleState): Exclude<Pane, 'details'> =>
  state.focus === 'details' ? state.detailsOf : state.focus;

/** The details of the row in focus, with the keys on them. */
const showDetails = (state: ConsoleState): ConsoleState => ({
  ...state,
  detailsShown: true,
  detailsOf: ownerOf(state),
  detailsTop: 0,
  focus: 'details',
});

export const hideDetails = (state: ConsoleState): ConsoleState => ({
  ...state,
  detailsShown: false,
  detailsTop: 0,
  focus: ownerOf(state),
});

/** Beside the list, so that moving in it shows one row's details after the other. */
const toggle = (state: ConsoleState): Transition =>
  transition(
    state.detailsShown ? hideDetails(state) : { ...showDetails(state), focus: ownerOf(state) },
  );

const push = (state: ConsoleState, level: Level): ConsoleState => ({
  ...state,
  opened: [...state.opened, level],
  focus: 'sessions',
});

const openRaw = (state: ConsoleState, record: RecordOf): Transition => {
  const number = state.nextRequest;
  const find = { text: '', line: -1 };
  const level: Level = {
    level: 'raw',
    cameFrom: state.focus,
    asked: number,
    raw: null,
    top: 0,
    find,
  };
  return transition(
    { ...push(state, level), nextRequest: number + 1, detailsShown: false },
    { effect: 'ask-raw', number, record },
  );
};

const openRecords = (state: ConsoleState, level: RecordsLevel): Transition => {
  const record = rowUnderCursor(level.list);
  return record === undefined ? transition(state) : openRaw(state, { record: record.row });
};

const openRow = (state: ConsoleState): Transition => {
  if (state.focus !== 'sessions') return transition(showDetails(state));
  const level = lastLevel(state);
  if (level?.level === 'records') return openRecords(state, level);
  if (level?.level === 'contexts') {
    const context = contextUnderCursor(level);
    if (context === undefined) return transition(state);
    return transition(
      push(state, { level: 'records', cameFrom: 'sessions', context, list: emptyList() }),
    );
  }
  const session = rowUnderCursor(state.sessions);
  if (session === undefined) return transition(state);
  if (isGroup(session)) return transition(openGroup(state, session));
  return transition(
    push(state, {
      level: 'contexts',
      cameFrom: 'sessions',
      session,
      asked: null,
      stale: false,
      contexts: null,
      position: START,
    }),
  );
};

/** Whether the pane in focus has a row under its cursor, else why not. */
const noRow = (state: ConsoleState): string | null => {
  if (state.focus === 'messages')
    return rowUnderCursor(state.messages) === undefined ? 'there is no message here' : null;
  if (state.focus === 'exposure')
    return exposureRowUnderCursor(state) === undefined ? 'there is nothing here yet' : null;
  if (state.focus === 'details') return null;
  const waiting = loadingReason(state);
  if (waiting !== null) return waiting;
  const level = lastLevel(state);
  switch (level?.level) {
    case undefined:
      return rowUnderCursor(state.sessions) === undefined ? 'there is no session here' : null;
    case 'contexts':
      return contextUnderCursor(level) === undefined ? 'there is no context here' : null;
    case 'records':
      return rowUnderCursor(level.list) === undefined ? 'there is no record here' : null;
    case 'raw':
    case 'comparison':
      return null;
  }
};

const notOpenable = (state: ConsoleState): string | null => {
  if (state.focus === 'details')
    return `these are the details already: ${keyOf('back')} leads back`;
  if (state.focus === 'sessions' && lastLevel(state)?.level === 'raw')
    return `this is the record as it came, there is nothing inside it: ${keyOf('back')} leads back`;
  if (state.focus === 'sessions' && lastLevel(state)?.level === 'comparison')
    return `a comparison has nothing inside it: ${keyOf('back')} leads back`;
  return noRow(state);
};

/** The record that `r` shows: that of the row, or its newest. */
const recordHere = (state: ConsoleState): RecordOf | null => {
  const pane = state.focus === 'details' ? state.detailsOf : state.focus;
  if (pane === 'messages') {
    const message = rowUnderCursor(state.messages);
    return message === undefined ? null : { message: message.row };
  }
  const level = lastLevel(state);
  if (level?.level === 'records') {
    const record = rowUnderCursor(level.list);
    return record === undefined ? null : { record: record.row };
  }
  if (level?.level === 'contexts') {
    const context = contextUnderCursor(level);
    return context === undefined ? null : { context: context.key };
  }
  const session = rowUnderCursor(state.sessions);
  return session === undefined || isGroup(session) ? null : { session: session.key };
};

export const ONE_OF_GROUP = `this line stands for several sessions: ${keyOf('open')} lists them`;

const noRecord = (state: ConsoleState): string | null => {
  if (state.focus === 'exposure')
    return 'exposure follows from many records: open a session or a message for its own';
  if (lastLevel(state)?.level === 'raw' && state.focus === 'sessions')
    return 'this is the raw record already';
  if (recordHere(state) !== null) return null;
  return state.focus === 'sessions' && isGroup(rowUnderCursor(state.sessions))
    ? ONE_OF_GROUP
    : 'there is no row here';
};

const showRaw = (state: ConsoleState): Transition => {
  const record = recordHere(state);
  return record === null ? transition(state) : openRaw(state, record);
};

export const opening = {
  open: unless(notOpenable, openRow),
  raw: unless(noRecord, showRaw),
  details: always(toggle),
} satisfies Actions;

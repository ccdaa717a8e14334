import type { EventOf } from '../event.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import type { SessionLine, SessionSize } from '../../case/lists/session-pages.ts';
import type { RangeUse } from '../effect.ts';
import {
  type ConsoleState,
  type Selection,
  type Transition,
  transition,
  showStatus,
  showError,
} from '../state.ts';
import { rowUnderCursor, moveTo } from '../lists/paged-list.ts';
import { sessionKey } from '../lists/queries.ts';
import { many } from '../words/figures.ts';
import { withRecordsShown, selectionInWords } from '../selection.ts';
import { markSelection } from './mark-selection.ts';

/** A line that stands for several sessions. */
interface GroupLine extends SessionLine {
  readonly group: { readonly sessions: number };
}

export const isGroup = (session: SessionLine | undefined): session is GroupLine =>
  session !== undefined && session.group !== null;

/** Nothing is under the cursor until other rows have come: the next key may judge it. */
const withoutRows = ({ sessions }: ConsoleState): ConsoleState['sessions'] => ({
  ...sessions,
  asked: null,
  rows: [],
});

/** Its sessions in the place of the list; Esc leads back to its line. */
export const openGroup = (state: ConsoleState, { key }: SessionLine): ConsoleState => ({
  ...state,
  range: null,
  group: { key, search: state.sessionSearch },
  sessions: { ...withoutRows(state), cursor: 0, cursorKey: null, top: 0, touched: false },
});

export const closeGroup = (state: ConsoleState): ConsoleState =>
  state.group === null
    ? state
    : {
        ...state,
        range: null,
        group: null,
        sessions: { ...withoutRows(state), cursorKey: state.group.key, touched: true },
      };

/** Which sessions they are is asked for first: they are not all on the screen. */
const askGroup = (state: ConsoleState, { key }: SessionLine, then: RangeUse): Transition => {
  const query = state.sessions.answered;
  if (query === null) return transition(state);
  const line = { key, index: state.sessions.cursor };
  return transition(state, { effect: 'ask-range', query, anchor: line, cursor: line, then });
};

export const selectGroup = (state: ConsoleState, session: SessionLine): Transition =>
  askGroup(state, session, 'toggle');

/** Its sessions existing now, if they are those that the line told of. */
export const markGroup = (
  state: ConsoleState,
  session: GroupLine,
  verdict: Verdict | null,
): Transition =>
  askGroup(state, session, {
    mark: verdict,
    shown: { sessions: session.group.sessions, records: session.records },
  });

/** Asks for the keys of a range: rows in it may not have been fetched. */
export const askRange = (state: ConsoleState, then: RangeUse): Transition => {
  const session = rowUnderCursor(state.sessions);
  const query = state.sessions.answered;
  if (state.range === null || session === undefined || query === null) return transition(state);
  const cursor = { key: session.key, index: state.sessions.cursor };
  return transition(state, { effect: 'ask-range', query, anchor: state.range, cursor, then });
};

const groupsIn = (sessions: readonly SessionSize[]): readonly string[] =>
  sessions.flatMap(({ group }) => (group === null ? [] : [group]));

/** With the sessions of a range, or of one line of a group. */
const withRange = ({ selection }: ConsoleState, sessions: readonly SessionSize[]): Selection => ({
  ...selection,
  sessions: new Set([...selection.sessions, ...sessions.map(({ key }) => key)]),
  groups: new Set([...selection.groups, ...groupsIn(sessions)]),
  seen: withRecordsShown(selection, sessions),
});

const without = ({ selection }: ConsoleState, sessions: readonly SessionSize[]): Selection => {
  const [keys, groups] = [new Set(sessions.map(({ key }) => key)), new Set(groupsIn(sessions))];
  return {
    ...selection,
    sessions: new Set([...selection.sessions].filter((key) => !keys.has(key))),
    groups: new Set([...selection.groups].filter((key) => !groups.has(key))),
  };
};

/** The line of a group into the selection or out of it, and on to the next. */
const toggled = (state: ConsoleState, sessions: readonly SessionSize[]): Transition => {
  const all = sessions.every(({ key }) => state.selection.sessions.has(key));
  const selection = all ? without(state, sessions) : withRange(state, sessions);
  const moved = moveTo(state.sessions, state.sessions.cursor + 1, sessionKey);
  return transition(
    showStatus(
      { ...state, selection, sessions: moved },
      `${selectionInWords(selection) || 'nothing'} selected`,
    ),
  );
};

/** Whether what is to be judged is what was seen: as many rows, and of a group as many sessions and records. */
const isAsShown = ({ sessions, expected, then }: EventOf<'range'>): boolean => {
  if (typeof then === 'string') return true;
  const rows = new Set(sessions.map(({ key, group }) => group ?? key)).size;
  if (rows !== expected) return false;
  const records = sessions.reduce((sum, one) => sum + one.records, 0);
  return (
    then.shown === undefined ||
    (then.shown.sessions === sessions.length && then.shown.records === records)
  );
};

/**
 * The keys of a range. It is judged only if it holds as many rows as the analyst saw in it: rows
 * that an import put between them are shown first.
 */
export const onRange = (before: ConsoleState, event: EventOf<'range'>): Transition => {
  const { sessions, then, expected } = event;
  if (then === 'toggle') return toggled(before, sessions);
  const state: ConsoleState = { ...before, range: null, selection: withRange(before, sessions) };
  if (then === 'select')
    return transition(showStatus(state, `${selectionInWords(state.selection)} selected`));
  const [group] = groupsIn(sessions);
  if (isAsShown(event))
    return markSelection(state, then.mark, then.shown === undefined ? null : (group ?? null));
  const rows = new Set(sessions.map(({ key, group: of }) => of ?? key)).size;
  const what =
    then.shown === undefined
      ? `Rows came or went inside the range (${many(expected, 'row')} then, ${many(rows, 'row')} now)`
      : `Sessions or records came or went in this line (${many(then.shown.sessions, 'session')} then, ${many(sessions.length, 'session')} now)`;
  return transition(
    showError(
      state,
      `${what}, so nothing was judged. They are selected: look, then press the key again.`,
    ),
  );
};

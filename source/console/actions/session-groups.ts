import type { Verdict } from '../../domain/sessions/session.ts';
import type { SessionLine } from '../../case/case-service.ts';
import type { RangeUse } from '../effect.ts';
import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';

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
  if (query === null) return step(state);
  const line = { key, index: state.sessions.cursor };
  return step(state, { effect: 'ask-range', query, anchor: line, cursor: line, then });
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

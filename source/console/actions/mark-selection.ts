import { type ConsoleState, type Transition, transition } from '../state.ts';
import { layoutOf, listRows } from '../layout.ts';
import { rowAt } from '../lists/paged-list.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import type { Effect } from '../effect.ts';
import { NOTHING_SELECTED, selectionInWords } from '../selection.ts';

/** Records of the rows on screen, by key: of the sessions in sight, and of the contexts opened. */
const onScreen = (state: ConsoleState): readonly (readonly [string, number])[] => {
  const { sessions } = state;
  const height = state.opened.length > 0 ? 0 : listRows(layoutOf(state), 'left');
  const inSight = Array.from({ length: height }, (_, line) => rowAt(sessions, sessions.top + line));
  const opened = state.opened.flatMap((level) =>
    level.level === 'contexts' ? (level.contexts ?? []) : [],
  );
  return [...inSight, ...opened].flatMap((row) =>
    row === undefined ? [] : [[row.key, row.records] as const],
  );
};

/**
 * Records that each selected row had when the analyst saw it last: as it was selected, or as it
 * stands on the screen now. A benign verdict covers no others.
 */
const recordsShown = (state: ConsoleState): Readonly<Record<string, number>> => {
  const { sessions, contexts, seen } = state.selection;
  const selected = ([key]: readonly [string, number]): boolean =>
    sessions.has(key) || contexts.has(key);
  return Object.fromEntries([...seen, ...onScreen(state)].filter(selected));
};

/**
 * The selection judged; it is put aside, so that the next key does not judge it again. `line`: it holds
 * lines of groups, whose sessions are not all on the screen, and is the line with that key.
 */
export const markSelection = (
  state: ConsoleState,
  verdict: Verdict | null,
  line: string | null = null,
): Transition => {
  const { selection } = state;
  const effect: Effect = {
    effect: 'mark',
    request: {
      verdict,
      sessions: [...selection.sessions],
      contexts: [...selection.contexts.keys()],
      reason: state.reason,
      seen: recordsShown(state),
    },
    subject: selectionInWords(selection),
    address: null,
    moveOnFrom: line,
    confirm: line === null && selection.groups.size === 0 ? 'where-needed' : 'always',
  };
  return transition(
    { ...state, selection: NOTHING_SELECTED, putAside: selection, range: null, reason: null },
    effect,
  );
};

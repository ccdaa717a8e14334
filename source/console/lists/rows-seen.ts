import { layoutOf, listRows } from '../layout.ts';
import { rowAt } from './paged-list.ts';
import type { ConsoleState, Selection } from '../state.ts';

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
export const seenOfSelection = (state: ConsoleState): Readonly<Record<string, number>> => {
  const { sessions, contexts, seen } = state.selection;
  const selected = ([key]: readonly [string, number]): boolean =>
    sessions.has(key) || contexts.has(key);
  return Object.fromEntries([...seen, ...onScreen(state)].filter(selected));
};

/** The selection with what was shown of rows that it takes in. */
export const withSeen = (
  { seen }: Selection,
  rows: readonly { readonly key: string; readonly records: number }[],
): ReadonlyMap<string, number> =>
  new Map([...seen, ...rows.map(({ key, records }) => [key, records] as const)]);

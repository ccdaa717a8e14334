import { exposureRows } from './exposure-rows.ts';
import { exposureListRows, layoutOf, listRows } from './layout.ts';
import type { Layout } from './layout.ts';
import { keepInSight } from './lists/paged-list.ts';
import { settleOn } from './lists/short-list.ts';
import { lastLevel, replaceLast } from './opened.ts';
import type { ConsoleState } from './state.ts';

const settleLevel = (state: ConsoleState, layout: Layout): ConsoleState => {
  const level = lastLevel(state);
  const rows = listRows(layout, 'left');
  if (level?.level === 'records') {
    const list = keepInSight(level.list, rows);
    return list === level.list ? state : replaceLast(state, { ...level, list });
  }
  if (level?.level === 'contexts' && level.contexts !== null) {
    const keys = level.contexts.map(({ key }) => key);
    const position = settleOn(level.position, keys, rows);
    return position === level.position ? state : replaceLast(state, { ...level, position });
  }
  return state;
};

/** Cursors on rows that exist and in sight, after whatever changed the rows or the terminal's size. */
export const settle = (before: ConsoleState): ConsoleState => {
  const layout = layoutOf(before);
  const state = settleLevel(before, layout);
  const keys = exposureRows(state.overview).map(({ key }) => key);
  return {
    ...state,
    sessions: keepInSight(state.sessions, listRows(layout, 'left')),
    messages: keepInSight(state.messages, listRows(layout, 'messages')),
    exposure: settleOn(state.exposure, keys, exposureListRows(state, layout)),
  };
};

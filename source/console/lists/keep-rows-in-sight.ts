import { keepFoundInSight } from '../actions/case-search-rows.ts';
import { exposureListRows, isInSight, layoutOf, listRows, type Layout } from '../layout.ts';
import { keepInSight } from './paged-list.ts';
import { positionOn } from './short-list.ts';
import { lastLevel, replaceLast } from './levels.ts';
import type { ConsoleState } from '../state.ts';

const keepLevelInSight = (state: ConsoleState, layout: Layout): ConsoleState => {
  const level = lastLevel(state);
  const rows = listRows(layout, 'left');
  if (level?.level === 'records') {
    const list = keepInSight(level.list, rows);
    return list === level.list ? state : replaceLast(state, { ...level, list });
  }
  if (level?.level === 'contexts' && level.contexts !== null) {
    const keys = level.contexts.map(({ key }) => key);
    const position = positionOn(level.position, keys, rows);
    return position === level.position ? state : replaceLast(state, { ...level, position });
  }
  return state;
};

/** Cursors on rows that exist and in sight, after whatever changed the rows or the terminal's size. */
export const keepRowsInSight = (before: ConsoleState): ConsoleState => {
  const layout = layoutOf(before);
  const state = keepFoundInSight(keepLevelInSight(before, layout), layout);
  // A list that is covered stays as it is, so that Esc leads back to exactly where one was.
  const sessionsInSight = isInSight(layout, 'left') && state.opened.length === 0;
  const keys = state.exposureRows.map(({ key }) => key);
  return {
    ...state,
    sessions: sessionsInSight
      ? keepInSight(state.sessions, listRows(layout, 'left'))
      : state.sessions,
    messages: isInSight(layout, 'messages')
      ? keepInSight(state.messages, listRows(layout, 'messages'))
      : state.messages,
    exposure: positionOn(state.exposure, keys, exposureListRows(state, layout)),
  };
};

import { topicLines } from '../views/topic-view.ts';
import { numberKey } from '../lists/answers.ts';
import {
  exposureListRows,
  fillsWidth,
  heightOf,
  widthOf,
  isInSight,
  layoutOf,
  listRows,
  type PaneName,
} from '../layout.ts';
import { cursorMoved } from '../lists/dependent-panes.ts';
import { moveTo } from '../lists/paged-list.ts';
import { moveToIndex } from '../lists/short-list.ts';
import { lastLevel, replaceLast } from '../lists/levels.ts';
import { sessionKey } from '../lists/queries.ts';
import { type ConsoleState, type Pane, transition } from '../state.ts';
import { detailLines } from '../views/details-pane.ts';
import { comparisonLines } from '../views/comparison-pane.ts';
import { rawLines } from '../views/raw-pane.ts';
import { aloneLines } from '../views/text-alone.ts';
import { type Action, type Actions, always } from './action.ts';

/** Where a movement leads from an index, in a list of that many rows and a page of that height. */
type Movement = (index: number, total: number, page: number) => number;

const MOVEMENTS = {
  down: (index) => index + 1,
  up: (index) => index - 1,
  'page-down': (index, _total, page) => index + page,
  'page-up': (index, _total, page) => index - page,
  first: () => 0,
  last: (_index, total) => total - 1,
} as const satisfies Readonly<Record<string, Movement>>;

/** The first line of a text in sight after a movement: no further than its last page. */
const scroll = (movement: Movement, top: number, total: number, page: number): number => {
  const last = Math.max(0, total - page);
  const to = movement === MOVEMENTS.last ? last : movement(top, total, page);
  return Math.max(0, Math.min(to, last));
};

const moveInLeft = (state: ConsoleState, movement: Movement): ConsoleState => {
  const level = lastLevel(state);
  const page = listRows(layoutOf(state), 'left');
  switch (level?.level) {
    case undefined: {
      const { sessions } = state;
      const to = movement(sessions.cursor, sessions.total, page);
      return { ...state, sessions: moveTo(sessions, to, sessionKey) };
    }
    case 'contexts': {
      const keys = (level.contexts ?? []).map(({ key }) => key);
      const to = movement(level.position.index, keys.length, page);
      return replaceLast(state, { ...level, position: moveToIndex(level.position, keys, to) });
    }
    case 'records': {
      const to = movement(level.list.cursor, level.list.total, page);
      return replaceLast(state, { ...level, list: moveTo(level.list, to, numberKey) });
    }
    case 'comparison': {
      const total = comparisonLines(level, state.size.columns).length;
      return replaceLast(state, { ...level, top: scroll(movement, level.top, total, page) });
    }
    case 'raw': {
      const total = rawLines(level, state).length;
      return replaceLast(state, { ...level, top: scroll(movement, level.top, total, page) });
    }
  }
};

const moveInPane = (state: ConsoleState, movement: Movement): ConsoleState => {
  const layout = layoutOf(state);
  switch (state.focus) {
    case 'sessions':
      return moveInLeft(state, movement);
    case 'messages': {
      const { messages } = state;
      const to = movement(messages.cursor, messages.total, listRows(layout, 'messages'));
      return { ...state, messages: moveTo(messages, to, numberKey) };
    }
    case 'exposure': {
      const keys = state.exposureRows.map(({ key }) => key);
      const page = Math.max(1, exposureListRows(state, layout));
      const to = movement(state.exposure.index, keys.length, page);
      return { ...state, exposure: moveToIndex(state.exposure, keys, to) };
    }
    case 'details': {
      const page = Math.max(1, heightOf(layout, 'details') - 1);
      const total = detailLines(state, layout).length;
      return { ...state, detailsTop: scroll(movement, state.detailsTop, total, page) };
    }
  }
};

const move = (movement: Movement): Action =>
  always((state) => {
    const { dialog } = state;
    if (dialog?.dialog === 'topic') {
      const layout = layoutOf(state);
      const total = topicLines(dialog.topic, widthOf(layout, 'whole')).length;
      const top = scroll(movement, dialog.top, total, heightOf(layout, 'whole') - 1);
      return transition({ ...state, dialog: { ...dialog, top } });
    }
    if (dialog?.dialog !== 'text')
      return cursorMoved(state, withDetailsAtTop(state, moveInPane(state, movement)));
    const page = state.size.rows - 1;
    const top = scroll(movement, dialog.top, aloneLines(dialog.text, state).length, page);
    return transition({ ...state, dialog: { ...dialog, top } });
  });

/** Other rows have other details: they are shown from their first line. */
const withDetailsAtTop = (before: ConsoleState, after: ConsoleState): ConsoleState =>
  after.focus === 'details' || before === after ? after : { ...after, detailsTop: 0 };

const PANE_NAMES: Readonly<Record<Pane, PaneName>> = {
  sessions: 'left',
  messages: 'messages',
  exposure: 'exposure',
  details: 'details',
};

const IN_ORDER: readonly Pane[] = ['sessions', 'messages', 'details', 'exposure'];

/** Panes that can have the focus. Where only one list fits, the other comes into sight with it. */
const reachable = (state: ConsoleState): readonly Pane[] => {
  const layout = layoutOf(state);
  const alone = fillsWidth(lastLevel(state));
  const low = !isInSight(layout, 'left') || !isInSight(layout, 'messages');
  return IN_ORDER.filter((pane) => {
    if (isInSight(layout, PANE_NAMES[pane])) return true;
    return low && !alone && !state.detailsShown && pane !== 'details';
  });
};

const turn = (by: 1 | -1): Action =>
  always((state) => {
    const panes = reachable(state);
    const at = panes.indexOf(state.focus);
    const focus = panes[(at + by + panes.length) % panes.length] ?? 'sessions';
    return transition(withFocus(state, focus));
  });

/** Details follow the pane in focus; where they replace a list, they stay with the one they are of. */
const withFocus = (state: ConsoleState, focus: Pane): ConsoleState => {
  if (focus === 'details') return { ...state, focus };
  return { ...state, focus, detailsOf: focus, detailsTop: 0 };
};

export const moving = {
  down: move(MOVEMENTS.down),
  up: move(MOVEMENTS.up),
  'page-down': move(MOVEMENTS['page-down']),
  'page-up': move(MOVEMENTS['page-up']),
  first: move(MOVEMENTS.first),
  last: move(MOVEMENTS.last),
  'next-pane': turn(1),
  'previous-pane': turn(-1),
} satisfies Actions;

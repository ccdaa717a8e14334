import type { Overview } from '../case/overview.ts';
import { lastLevel } from './lists/levels.ts';
import type { ConsoleState, Level } from './state.ts';
import { yearOfLists } from './words/figures.ts';
import { noticeLines } from './views/notice.ts';
import { statusLines } from './views/status-line.ts';
import { exposureSummary } from './views/exposure-summary.ts';

export type PaneName =
  | 'header'
  | 'left'
  | 'messages'
  | 'exposure'
  | 'details'
  | 'whole'
  | 'notice'
  | 'status'
  | 'footer';

export interface LaidPane {
  readonly name: PaneName;
  readonly width: number;
}

export interface LaidBand {
  readonly height: number;
  readonly panes: readonly LaidPane[];
}

export interface Layout {
  readonly bands: readonly LaidBand[];
}

export const SMALLEST = { columns: 60, rows: 15 };
const STACKED_FROM_ROWS = 20;
const SIDE_BY_SIDE_FROM = 120;
const DETAILS_FROM = 160;

export const isTooSmall = ({ size }: ConsoleState): boolean =>
  size.columns < SMALLEST.columns || size.rows < SMALLEST.rows;

/** A fetch that ended has something to say, records or not. */
const hasFetched = ({ fetches }: Overview): boolean =>
  fetches.some(({ endedAt }) => endedAt !== null);

const isIdle = ({ job, fetch }: ConsoleState): boolean => job === null && fetch === null;

export const isEmptyCase = (state: ConsoleState): boolean =>
  state.overview !== null &&
  state.overview.sources.length === 0 &&
  isIdle(state) &&
  !hasFetched(state.overview);

/** Sessions left, messages right (`screens.md`, From 120 columns). */
export const isSideBySide = ({ size }: ConsoleState): boolean =>
  size.columns >= SIDE_BY_SIDE_FROM && size.rows >= STACKED_FROM_ROWS;

const hasDetailsPane = (state: ConsoleState): boolean => state.size.columns >= DETAILS_FROM;

/** Lines of the running summary in a pane of that width. */
const summaryLines = (state: ConsoleState, width: number): number =>
  exposureSummary(state, width).length;

const exposureHeight = (state: ConsoleState, width: number, body: number): number => {
  const summary = 1 + summaryLines(state, width);
  if (state.focus !== 'exposure') return Math.min(summary, body - 5);
  const wanted = summary + state.exposureRows.length;
  return Math.min(wanted, Math.max(summary + 3, Math.floor(body / 2)), body - 5);
};

const oneBand = (name: PaneName, width: number, height: number): LaidBand => ({
  height,
  panes: [{ name, width }],
});

/** It is read, not looked at beside messages. */
export const fillsWidth = (level: Level | null): boolean =>
  level?.level === 'raw' || level?.level === 'comparison';

/** Which of the two upper panes are in sight: details take the place of the one they are not of. */
const upperPanes = (state: ConsoleState): readonly PaneName[] => {
  const withDetails = state.detailsShown && !hasDetailsPane(state);
  if (withDetails && state.detailsOf === 'messages') return ['messages', 'details'];
  if (fillsWidth(lastLevel(state))) return ['left'];
  return withDetails ? ['left', 'details'] : ['left', 'messages'];
};

/** Too low for two lists: the one in focus. */
const lowBody = (state: ConsoleState, width: number, body: number): readonly LaidBand[] => {
  if (state.focus === 'exposure') return [oneBand('exposure', width, body)];
  const exposure = Math.min(1 + summaryLines(state, width), body - 5);
  const inFocus: PaneName = state.focus === 'sessions' ? 'left' : state.focus;
  return [oneBand(inFocus, width, body - exposure), oneBand('exposure', width, exposure)];
};

/** A pane of so many lines is told apart from its neighbours. */
const LEAST_UPPER = 6;

const rowsOf = (level: Level): number => {
  switch (level.level) {
    case 'contexts':
      return level.contexts?.length ?? 0;
    case 'records':
      return level.list.total;
    case 'raw':
    case 'comparison':
      return Infinity;
  }
};

/**
 * Lines that the left pane fills: what it leaves belongs to the pane below. Never fewer than the
 * sessions do, so that opening one of many moves nothing.
 */
const needed = ({ sessions, opened }: ConsoleState): number =>
  Math.max(LEAST_UPPER, 2 + Math.max(sessions.total, ...opened.map(rowsOf)));

const stackedBody = (state: ConsoleState, width: number, body: number): readonly LaidBand[] => {
  const exposure = exposureHeight(state, width, body);
  const room = body - exposure;
  const [upper, lower] = upperPanes(state);
  if (upper === undefined || lower === undefined)
    return [oneBand(upper ?? 'left', width, room), oneBand('exposure', width, exposure)];
  const share = Math.ceil(room * (lower === 'details' ? 0.5 : 0.58));
  const upperHeight = upper === 'left' ? Math.min(share, needed(state)) : share;
  return [
    oneBand(upper, width, upperHeight),
    oneBand(lower, width, room - upperHeight),
    oneBand('exposure', width, exposure),
  ];
};

/** Countries and networks, or years in the cells: what the whole case has, so that nothing jumps. */
const needsWideSessions = ({ overview }: ConsoleState): boolean =>
  overview !== null && (overview.signInRows.accepted > 0 || yearOfLists(overview) === null);

/** Below 160 columns there is no room for all columns of both: the list that has the keys has more. */
const leftShare = (state: ConsoleState): number => {
  if (hasDetailsPane(state)) return needsWideSessions(state) ? 0.54 : 0.5;
  return state.focus === 'messages' && !state.detailsShown ? 0.45 : 0.64;
};

const besides = (names: readonly PaneName[], width: number, share: number): readonly LaidPane[] => {
  const [left, right] = names;
  if (left === undefined || right === undefined) return [{ name: left ?? 'left', width }];
  const leftWidth = Math.round(width * share);
  return [
    { name: left, width: leftWidth },
    { name: right, width: width - leftWidth },
  ];
};

const wideBody = (state: ConsoleState, width: number, body: number): readonly LaidBand[] => {
  const details = hasDetailsPane(state);
  const upper = besides(upperPanes(state), width, leftShare(state));
  if (!details) {
    const exposure = exposureHeight(state, width, body);
    return [{ height: body - exposure, panes: upper }, oneBand('exposure', width, exposure)];
  }
  const lowerHeight = Math.max(6, Math.min(16, Math.floor(body / 3)));
  return [
    { height: body - lowerHeight, panes: upper },
    { height: lowerHeight, panes: besides(['exposure', 'details'], width, leftShare(state)) },
  ];
};

const bodyOf = (state: ConsoleState, width: number, body: number): readonly LaidBand[] => {
  const { rows } = state.size;
  const { dialog } = state;
  const isWhole = ['palette', 'topic', 'found'].includes(dialog?.dialog ?? '');
  if (isWhole || isEmptyCase(state)) return [oneBand('whole', width, body)];
  if (isSideBySide(state)) return wideBody(state, width, body);
  return rows < STACKED_FROM_ROWS ? lowBody(state, width, body) : stackedBody(state, width, body);
};

/** Where everything goes. Heights add up to the rows of the terminal, widths to its columns. */
export const layoutOf = (state: ConsoleState): Layout => {
  const { columns, rows } = state.size;
  if (isTooSmall(state) || state.dialog?.dialog === 'text')
    return { bands: [oneBand('whole', columns, rows)] };
  const status = statusLines(state, columns).length;
  const notice = noticeLines(state, columns).length;
  return {
    bands: [
      oneBand('header', columns, 1),
      ...bodyOf(state, columns, rows - status - notice - 2),
      oneBand('notice', columns, notice),
      oneBand('status', columns, status),
      oneBand('footer', columns, 1),
    ],
  };
};

export const isInSight = (layout: Layout, name: PaneName): boolean => heightOf(layout, name) > 0;

/** Lines of a pane, its title included; 0 where it is not in sight. */
export const heightOf = (layout: Layout, name: PaneName): number =>
  layout.bands.find((band) => band.panes.some((pane) => pane.name === name))?.height ?? 0;

export const widthOf = (layout: Layout, name: PaneName): number =>
  layout.bands.flatMap((band) => band.panes).find((pane) => pane.name === name)?.width ?? 0;

/** Rows of a list below its title and its column heads. */
export const listRows = (layout: Layout, name: 'left' | 'messages'): number =>
  Math.max(1, heightOf(layout, name) - 2);

/** Rows of the Exposure pane below its title and its summary. */
export const exposureListRows = (state: ConsoleState, layout: Layout): number =>
  Math.max(0, heightOf(layout, 'exposure') - 1 - summaryLines(state, widthOf(layout, 'exposure')));

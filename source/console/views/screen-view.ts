import {
  heightOf,
  isEmptyCase,
  isTooSmall,
  layoutOf,
  SMALLEST,
  type LaidPane,
  type Layout,
} from '../layout.ts';
import { lastLevel } from '../lists/levels.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, ScreenView } from '../view.ts';
import { wrapText } from './wrap.ts';
import { comparisonPane } from './comparison-pane.ts';
import { contextsPane } from './contexts-pane.ts';
import { detailsPane } from './details-pane.ts';
import { exposurePane } from './exposure-pane.ts';
import { footerLine } from './footer.ts';
import { foundView } from './found-view.ts';
import { headerLine } from './header.ts';
import { detailsState, messagesState } from '../lists/dependent-panes.ts';
import { messagesPane } from './messages-pane.ts';
import { noticeLines } from './notice.ts';
import { topicView } from './topic-view.ts';
import { paletteView } from './palette-view.ts';
import { rawPane } from './raw-pane.ts';
import { recordsPane } from './records-pane.ts';
import { sessionsPane } from './sessions-pane.ts';
import { cutLine, lineOf, span } from './spans.ts';
import { statusLines } from './status-line.ts';
import { textAlone } from './text-alone.ts';
import { keyOf, type CommandId } from '../keys/bindings.ts';

const command = (id: CommandId, name: string, words: string): Line => [
  span('   '),
  span(keyOf(id).padEnd(4), 'key'),
  span(name.padEnd(16), 'strong'),
  span(words),
];

const COUNT_WORDS: readonly string[] = ['No way', 'One way', 'Two ways', 'Three ways'];

const commandsToBegin = ({ canLoadDemo, temporary }: ConsoleState): readonly Line[] => [
  command('import', 'import files', 'audit log exports and message traces, in any format'),
  ...(temporary
    ? []
    : [command('fetch', 'fetch', 'sign in to Microsoft 365 and let the records come')]),
  ...(canLoadDemo ? [command('demo', 'demo', 'an invented break-in to try the keys on')] : []),
];

/** What to do when nothing is there yet. */
const emptyCase = (state: ConsoleState): readonly Line[] => {
  const commands = commandsToBegin(state);
  return [
    lineOf(''),
    lineOf(`   Nothing imported yet. ${COUNT_WORDS[commands.length] ?? ''} to begin:`),
    lineOf(''),
    ...commands,
    lineOf(''),
    lineOf('   From a shell: mia import AuditRecords.csv trace.csv', 'dim'),
    lineOf(''),
    lineOf(
      '   Then: judge sessions, see which messages were exposed, export the marked set.',
      'dim',
    ),
  ];
};

const leftPane = (state: ConsoleState, width: number, height: number): readonly Line[] => {
  const level = lastLevel(state);
  switch (level?.level) {
    case undefined:
      return sessionsPane(state, width, height);
    case 'contexts':
      return contextsPane(state, level, width, height);
    case 'records':
      return recordsPane(state, level, width, height);
    case 'comparison':
      return comparisonPane(state, level, width, height);
    case 'raw':
      return rawPane(state, level, width, height);
  }
};

const wholePane = (state: ConsoleState, width: number, height: number): readonly Line[] => {
  if (isTooSmall(state)) {
    const { columns, rows } = SMALLEST;
    const text = `mia needs ${columns}x${rows}; this terminal is ${state.size.columns}x${state.size.rows}.`;
    return wrapText(text, Math.max(1, width)).map((line) => lineOf(line));
  }
  if (state.dialog?.dialog === 'text') return textAlone(state);
  if (state.dialog?.dialog === 'found') return foundView(state, state.dialog, width, height);
  if (state.dialog?.dialog === 'topic') return topicView(state.dialog, width, height);
  return state.dialog?.dialog !== 'palette' && isEmptyCase(state)
    ? emptyCase(state)
    : paletteView(state, width, height);
};

const paneLines = (state: ConsoleState, pane: LaidPane, layout: Layout): readonly Line[] => {
  const { name, width } = pane;
  const height = heightOf(layout, name);
  switch (name) {
    case 'header':
      return [headerLine(state, width)];
    case 'left':
      return leftPane(state, width, height);
    case 'messages':
      return messagesPane(messagesState(state), width, height);
    case 'exposure':
      return exposurePane(state, width, height);
    case 'details':
      return detailsPane(detailsState(state), layout);
    case 'whole':
      return wholePane(state, width, height);
    case 'notice':
      return noticeLines(state, width);
    case 'status':
      return statusLines(state, width);
    case 'footer':
      return [footerLine(state, width)];
  }
};

/** The frame to draw: every line fits its pane, and the panes fill the terminal. */
export const screenView = (state: ConsoleState): ScreenView => {
  const layout = layoutOf(state);
  return {
    columns: state.size.columns,
    rows: state.size.rows,
    bands: layout.bands.map(({ height, panes }) => ({
      height,
      panes: panes.map((pane) => ({
        name: pane.name,
        width: pane.width,
        lines: paneLines(state, pane, layout)
          .slice(0, height)
          .map((line) => cutLine(line, pane.width)),
      })),
    })),
  };
};

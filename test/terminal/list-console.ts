/**
 * A small console with nothing behind it, to try the terminal with a real process: a list of rows,
 * the last key, and the ways to end. Run it as `node --import=./scripts/tsx-hook.ts <this file>`.
 */
import type { Line, ScreenView } from '../../source/console/view.ts';
import { startScreen } from '../../source/screens/start-screen.tsx';
import { terminalAbilities } from '../../source/screens/terminal/terminal-abilities.ts';

const listLength = 100_000;
const state = {
  columns: process.stdout.columns,
  rows: process.stdout.rows,
  cursor: 0,
  first: 0,
  last: '',
};
const listeners = new Set<() => void>();
let view: ScreenView | undefined;

const plain = (text: string): Line => [{ text, tone: 'plain' }];

function makeView(): ScreenView {
  const { columns, rows, cursor, first, last } = state;
  const height = rows - 2;
  const row = (at: number): Line => [
    { text: at === cursor ? '> ' : '  ', tone: 'accent' },
    { text: at % 3 === 0 ? 'M' : 'B', tone: at % 3 === 0 ? 'malicious' : 'benign' },
    {
      text: ` 09-24 14:13:44 user${at * 31}@contoso.example  Outlook web  日本 ${at * 17}`,
      tone: 'plain',
    },
  ];
  const pane = (name: string, lines: readonly Line[]) => [{ name, width: columns, lines }];
  return {
    columns,
    rows,
    bands: [
      { height: 1, panes: pane('title', [plain(` list ${columns}x${rows}`)]) },
      { height, panes: pane('list', Array.from({ length: height }, (_, at) => row(first + at))) },
      { height: 1, panes: pane('footer', [plain(` last: ${last}`)]) },
    ],
  }; // prettier-ignore
}

function changed(): void {
  view = undefined;
  for (const listener of listeners) listener();
}

function move(by: number): void {
  state.cursor = Math.max(0, Math.min(listLength - 1, state.cursor + by));
  const height = state.rows - 2;
  state.first = Math.max(state.cursor - height + 1, Math.min(state.first, state.cursor));
}

const steps: Readonly<Record<string, number>> = {
  j: 1,
  k: -1,
  down: 1,
  up: -1,
  pageDown: 20,
  pageUp: -20,
};

const screen = startScreen({
  stdin: process.stdin,
  stdout: process.stdout,
  signals: process,
  environment: terminalAbilities(process.env, process.stdout.isTTY),
  subscribe(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  currentView: () => (view ??= makeView()),
  onKey({ key }) {
    state.last = process.env['QUIET'] === undefined ? key : '';
    move(steps[key] ?? 0);
    changed();
    if (key === 'q') void screen.stop();
    if (key === 'ctrl-z') screen.suspend();
    if (key === 'ctrl-l') screen.redraw();
    if (key === '!') throw new Error('a crash on purpose');
  },
  onPaste(text) {
    state.last = `paste ${JSON.stringify(text)}`;
    changed();
  },
  onResize({ columns, rows }) {
    Object.assign(state, { columns, rows });
    move(0);
    changed();
  },
  onEnd: (reason) => process.exit(reason.end === 'signal' && reason.signal === 'SIGTERM' ? 143 : 1),
});

// Frames without end, and without a key: for a terminal that nobody reads.
if (process.env['PAGING'] !== undefined) {
  setInterval(() => {
    move(state.rows);
    changed();
  }, 20);
}

process.on('uncaughtException', (error) => {
  screen.restore();
  process.stderr.write(`${error.message}\n`);
  process.exit(70);
});

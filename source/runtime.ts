/** The composition root: builds the case, the jobs, the console and the screen, and joins them. */
import type { ConsoleStart, ExitCode, PrintedTable } from './commands/command.ts';
import { makeDemoCase } from './case/demo-case.ts';
import { openConsoleCase, type ConsoleCase } from './runtime/console-case.ts';
import { startConsole, type RunningConsole } from './runtime/start-console.ts';
import { tablePrinter } from './screens/print-table.tsx';
import { startScreen, type RunningScreen, type ScreenEnd } from './screens/start-screen.tsx';
import { clipboardSequence } from './screens/terminal/clipboard-sequence.ts';
import { terminalAbilities } from './screens/terminal/terminal-abilities.ts';
import {
  sizeOf,
  type SignalSource,
  type TerminalInput,
  type TerminalOutput,
} from './screens/terminal/terminal-streams.ts';

/** What the process gives the console; made once, in `cli.ts`. */
export interface Surroundings {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput & { readonly isTTY?: boolean };
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** `process`: signals, and what nobody caught. */
  readonly signals: SignalSource;
  readonly version: string;
  readonly demoFolder: string;
  /** UTC now, ISO. */
  readonly now: () => string;
}

/** A small table for a terminal, drawn by ink-table. */
export const printedTable = (
  table: PrintedTable,
  { stdout, variables }: Pick<Surroundings, 'stdout' | 'variables'>,
): Promise<string> => tablePrinter(terminalAbilities(variables, stdout.isTTY === true))(table);

/** A case of its own, in a temporary folder that goes when the console does. */
const openDemo =
  ({ demoFolder, now, version, variables }: Surroundings) =>
  async (signal: AbortSignal): Promise<ConsoleCase> => {
    const { folder, analyst, remove } = await makeDemoCase({ demoFolder, now, signal });
    return openConsoleCase({
      ...{ folder, analyst, variables, toolVersion: version },
      temporary: true,
      afterwards: remove,
    });
  };

interface Ended {
  /** null: the analyst left. */
  readonly end: ScreenEnd | null;
}

/** Draws the console until the analyst leaves or the terminal goes away. */
const drawUntilLeft = async (
  running: RunningConsole,
  around: Surroundings,
  hold: (screen: RunningScreen) => void,
): Promise<Ended> => {
  const { promise: ended, resolve: end } = Promise.withResolvers<Ended>();
  const screen = startScreen({
    subscribe: running.subscribe,
    currentView: running.view,
    stdin: around.stdin,
    stdout: around.stdout,
    signals: around.signals,
    environment: terminalAbilities(around.variables, true),
    onKey: ({ key }) => running.press(key),
    onPaste: running.paste,
    onResize: running.resize,
    onEnd: (reason) => end({ end: reason }),
  });
  hold(screen);
  void running.left.then(() => end({ end: null }));
  const how = await ended;
  await screen.stop();
  return how;
};

/** `mia` and `mia demo` on a terminal: resolves when the terminal is as it was and the case is closed. */
export const runConsole = async (start: ConsoleStart, around: Surroundings): Promise<ExitCode> => {
  const { folder, newCase = false, analyst, files, demo } = start;
  const { version: toolVersion, variables } = around;
  const opened = await openConsoleCase({
    folder,
    newCase,
    analyst,
    toolVersion,
    variables,
    temporary: demo,
  });
  const held: { screen: RunningScreen | null } = { screen: null };
  const running = startConsole({
    opened,
    openDemo: demo ? null : openDemo(around),
    size: sizeOf(around.stdout),
    now: () => Date.parse(around.now()),
    files,
    after(milliseconds, call) {
      const timer = setTimeout(call, milliseconds).unref();
      return () => clearTimeout(timer);
    },
    terminal: {
      copy(text) {
        held.screen?.send(clipboardSequence(text, around.variables));
        return 'by OSC 52';
      },
      suspend: () => held.screen?.suspend(),
      redraw: () => held.screen?.redraw(),
    },
  });
  const { end } = await drawUntilLeft(running, around, (screen) => (held.screen = screen)).finally(
    running.close,
  );
  if (end?.end === 'failed') throw end.error;
  return end === null ? 0 : 130;
};

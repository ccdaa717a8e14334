import type { KeyPress } from '../../source/console/keys/key-press.ts';
import type { ScreenView } from '../../source/console/view.ts';
import {
  startScreen,
  type RunningScreen,
  type ScreenEnd,
} from '../../source/screens/start-screen.tsx';
import type { TerminalAbilities } from '../../source/screens/terminal/terminal-abilities.ts';
import { VirtualKeyboard, VirtualSignals } from './virtual-process.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { createVirtualTerminal, outputOf, type VirtualOutput, type VirtualTerminal } from './virtual-terminal.ts'; // prettier-ignore

const fullAbilities: TerminalAbilities = {
  colour: true,
  styles: true,
  unicode: true,
  addressable: true,
};

/** A keyboard and the signals of a process, for a screen that runs on a virtual terminal. */
export interface VirtualConsole {
  readonly terminal: VirtualTerminal;
  readonly output: VirtualOutput;
  readonly screen: RunningScreen;
  readonly time: ManualTime;
  readonly keyboard: VirtualKeyboard;
  readonly signals: VirtualSignals;
  /** What the screen said: keys, pastes in quotes, sizes, ends. */
  readonly heard: string[];
  readonly ends: ScreenEnd[];
  show(view: ScreenView): void;
  /** Resolves once the newest view is on the terminal. */
  drawn(): Promise<void>;
}

export interface VirtualConsoleOptions {
  readonly view: ScreenView;
  readonly abilities?: TerminalAbilities;
  /** How the console answers a new size. */
  readonly viewFor?: (columns: number, rows: number) => ScreenView;
  readonly onKey?: (press: KeyPress) => void;
}

export function startVirtualConsole(options: VirtualConsoleOptions): VirtualConsole {
  let { view } = options;
  const listeners = new Set<() => void>();
  const terminal = createVirtualTerminal(view.columns, view.rows);
  const output = outputOf(terminal);
  const time = createManualTime();
  const keyboard = new VirtualKeyboard();
  const signals = new VirtualSignals();
  const heard: string[] = [];
  const ends: ScreenEnd[] = [];
  const show = (newest: ScreenView): void => {
    view = newest;
    for (const listener of listeners) listener();
  };
  const screen = startScreen({
    stdin: keyboard,
    stdout: output,
    signals,
    environment: options.abilities ?? fullAbilities,
    after: time.after,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    currentView: () => view,
    onKey(press) {
      heard.push(press.key);
      options.onKey?.(press);
    },
    onPaste: (text) => void heard.push(`"${text}"`),
    onResize({ columns, rows }) {
      heard.push(`${columns}x${rows}`);
      if (options.viewFor !== undefined) show(options.viewFor(columns, rows));
    },
    onEnd: (reason) => void ends.push(reason),
  });
  return {
    terminal, output, screen, time, keyboard, signals, heard, ends, show,
    async drawn() {
      // React hands a change to ink in a microtask; a turn of the loop is past all of them.
      await new Promise((resolve) => setImmediate(resolve));
      time.pass(100);
      await output.settled();
    },
  }; // prettier-ignore
}

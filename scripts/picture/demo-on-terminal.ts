/** The built program on the demo case, in tmux: the only terminal that is both real and scriptable. */
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/mia.js', import.meta.url));

/** Sorts by verdict and goes to the intruder's session in the web, whose messages have metadata. */
const KEYS = ['s', 's', 's', 's', 's', 'g', 'j'];

const LONGEST_WAIT_MS = 60_000;
const STILL_MS = 700;
/** What just happened is said in a line that goes away by itself. */
const ALL_SAID_MS = 9_000;

/** A tmux server of our own; its words come from no configuration of the user's. */
const tmux = (...words: readonly string[]): string =>
  execFileSync('tmux', ['-L', `mia-picture-${process.pid}`, '-f', '/dev/null', ...words], {
    encoding: 'utf8',
  });

/** The screen once it has stood still for a while; there is no other way to ask a terminal. */
const stillScreen = async (still = STILL_MS): Promise<string> => {
  const end = performance.now() + LONGEST_WAIT_MS;
  let last = '';
  let since = performance.now();
  while (performance.now() < end) {
    const screen = tmux('capture-pane', '-e', '-p', '-t', 'mia');
    if (screen !== last) since = performance.now();
    else if (screen.trim() !== '' && performance.now() - since > still) return screen;
    last = screen;
    await pause(100);
  }
  throw new Error('The console never came to rest.');
};

/** The console leaves by its own key, so that the demo's folder goes too, and the server with it. */
const endServer = (): void => {
  try {
    tmux('send-keys', '-t', 'mia', 'q');
  } catch {
    // The program had ended already, and tmux with it.
  }
};

/** What to write to a terminal of that size to have the same screen. */
export const demoOnTerminal = async ({
  columns,
  rows,
}: {
  readonly columns: number;
  readonly rows: number;
}): Promise<string> => {
  const size = ['-x', String(columns), '-y', String(rows)];
  const start = ['env', '-u', 'NO_COLOR', '-u', 'CI', 'LANG=C.UTF-8', 'LC_ALL=C.UTF-8'];
  tmux('new-session', '-d', '-s', 'mia', ...size, ...start, process.execPath, PROGRAM, 'demo');
  try {
    await stillScreen();
    for (const key of KEYS) {
      tmux('send-keys', '-t', 'mia', key);
      await stillScreen();
    }
    return (await stillScreen(ALL_SAID_MS)).replace(/\n$/, '').replaceAll('\n', '\r\n');
  } finally {
    endServer();
  }
};

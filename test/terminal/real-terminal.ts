import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Why tests in a real terminal cannot run on this machine, for `t.skip`; undefined where they can. */
export const withoutTmux: string | undefined =
  spawnSync('tmux', ['-V']).status === 0 ? undefined : 'tmux is not installed';

export interface RealTerminalOptions {
  readonly command: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What a terminal is like, as tmux sees it and as stty says. */
export interface TerminalState {
  readonly alternate: boolean;
  readonly cursorShown: boolean;
  readonly wraps: boolean;
  /** First and last row of the scroll region, 0-based. */
  readonly scrollRegion: readonly [number, number];
  /** `stty -g`, before the program and after; equal when it left the line as it found it. */
  readonly lineBefore: string;
  readonly lineAfter: string | undefined;
}

/** A program in a terminal of its own: a tmux window, in which a shell with job control runs it. */
export interface RealTerminal {
  screen(): Promise<string[]>;
  /** The screen with the escape sequences of its colours and styles. */
  styledScreen(): Promise<string>;
  /** Resolves with the screen once it shows this; fails, with what it shows instead, after 15 s. */
  shows(expected: string | RegExp): Promise<string[]>;
  /** Presses keys by tmux's names: 'j', 'Enter', 'Escape', 'C-z', 'PPage', 'M-x'. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types text as it is, all at once. */
  type(text: string): Promise<void>;
  /** Pastes as a terminal does: bracketed when the program asked for that. */
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Sends a signal to the program itself. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code as a shell says it (128 + n for a signal) once the program ended. */
  exitCode(): Promise<number>;
  state(): Promise<TerminalState>;
  /** Bytes the program and the shell wrote so far. */
  bytesWritten(): number;
  /** Ends the program where it runs, and takes its terminal away. */
  close(): Promise<void>;
}

const deadline = 15_000;
const prompt = 'shell:';

/** Asks again and again until there is an answer. */
async function eventually<Answer>(
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  failure: () => Promise<string>,
): Promise<Answer> {
  const until = Date.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(await failure());
    await delay(20);
  }
}

/** The line settings, the program's process id and its exit code go to files beside the script. */
const script = (folder: string) => `stty -g >"${folder}/before"
sh -c 'echo $$ >"${folder}/pid"; exec "$@"' sh "$@"
echo $? >"${folder}/code.new"
stty -g >"${folder}/after"
mv "${folder}/code.new" "${folder}/code"
`;

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

function readIfThere(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Sends the signal to whoever is still there to take it. */
function hasEnded(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return !process.kill(pid, signal);
  } catch {
    return true;
  }
}

export async function openRealTerminal(options: RealTerminalOptions): Promise<RealTerminal> {
  const folder = mkdtempSync(join(tmpdir(), 'mia-terminal-'));
  const at = (name: string) => join(folder, name);
  const tmux = async (...words: readonly string[]): Promise<string> =>
    (await run('tmux', ['-f', '/dev/null', '-S', at('socket'), ...words])).stdout;
  const { columns = 80, rows = 24, env = {}, cwd = process.cwd() } = options;
  const settings = { LC_ALL: 'C.UTF-8', HISTFILE: '', ...env };
  writeFileSync(at('run'), script(folder));
  await tmux(
    'new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', cwd,
    ...Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
    // Not through a shell, which would take the prompt out of the environment.
    'env', `PS1=${prompt}`, 'bash', '--norc', '--noprofile', '-i',
    ';', 'set-option', '-g', 'status', 'off',
    ';', 'set-option', '-g', 'window-size', 'manual',
    ';', 'resize-window', '-x', `${columns}`, '-y', `${rows}`,
    ';', 'pipe-pane', `cat >${quoted(at('bytes'))}`,
  ); // prettier-ignore

  const screen = async (): Promise<string[]> => {
    const text = await tmux('capture-pane', '-p');
    return text.replace(/\n$/, '').split('\n');
  };
  const shows = (expected: string | RegExp): Promise<string[]> =>
    eventually(
      async () => {
        const lines = await screen();
        const text = lines.join('\n');
        const found = typeof expected === 'string' ? text.includes(expected) : expected.test(text);
        return found ? lines : undefined;
      },
      async () =>
        `${String(expected)} never came; the screen shows\n${(await screen()).join('\n')}`,
    );
  const type = async (text: string): Promise<void> => void (await tmux('send-keys', '-l', text));

  await shows(prompt);
  await type(`sh ${[at('run'), ...options.command].map(quoted).join(' ')}\r`);
  await eventually(
    () => readIfThere(at('pid')),
    async () => `the program never started\n${(await screen()).join('\n')}`,
  );

  return {
    screen,
    styledScreen: () => tmux('capture-pane', '-p', '-e'),
    shows,
    type,
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    paste: async (text) =>
      void (await tmux('set-buffer', text, ';', 'paste-buffer', '-p', '-r', '-d')),
    resize: async (newColumns, newRows) =>
      void (await tmux('resize-window', '-x', `${newColumns}`, '-y', `${newRows}`)),
    kill: (signal) => void process.kill(Number(readIfThere(at('pid'))), signal),
    exitCode: async () => {
      const failure = async () => `still running\n${(await screen()).join('\n')}`;
      return Number(await eventually(() => readIfThere(at('code')), failure));
    },
    async state() {
      const asked = '#{alternate_on} #{cursor_flag} #{wrap_flag} #{scroll_region_upper} #{scroll_region_lower}'; // prettier-ignore
      const answer = await tmux('display-message', '-p', asked);
      const [alternate, cursor, wrap, upper = 0, lower = 0] = answer.trim().split(' ').map(Number);
      return {
        alternate: alternate === 1,
        cursorShown: cursor === 1,
        wraps: wrap === 1,
        scrollRegion: [upper, lower],
        lineBefore: readIfThere(at('before')) ?? '',
        lineAfter: readIfThere(at('after')),
      };
    },
    bytesWritten: () => statSync(at('bytes'), { throwIfNoEntry: false })?.size ?? 0,
    async close() {
      const pid = Number(readIfThere(at('pid')));
      // Hung up on, it would go on for a while, and write to a case that the test takes away.
      if (readIfThere(at('code')) === undefined)
        await eventually(
          () => hasEnded(pid, 'SIGKILL') || undefined,
          async () => `${pid} runs on, though it was killed`,
        );
      await tmux('kill-server').catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

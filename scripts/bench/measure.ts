import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Measured {
  /** Wall clock. */
  readonly seconds: number;
  /** User and system time of all threads. */
  readonly cpu: number;
  /** Largest resident set. */
  readonly peakMiB: number;
  readonly exit: number;
  readonly output: string;
  readonly errors: string;
}

export const PYTHON = 'python3';
export const benchFile = (name: string): string => join(import.meta.dirname, name);

/** Runs a command to its end under `measured.py`. Throws where the command fails. */
export const measure = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Measured => {
  const run = spawnSync(PYTHON, [benchFile('measured.py'), command, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 30,
  });
  const lines = run.stderr.trimEnd().split('\n');
  const figures = JSON.parse(lines.at(-1) ?? '{}') as {
    readonly seconds: number;
    readonly cpu: number;
    readonly peakKiB: number;
    readonly exit: number;
  };
  if (figures.exit !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${figures.exit}:\n${run.stderr}`);
  const { seconds, cpu, exit } = figures;
  const errors = lines.slice(0, -1).join('\n');
  return { seconds, cpu, peakMiB: figures.peakKiB / 1024, exit, output: run.stdout, errors };
};

/** The run with the least wall clock: what the machine can do when nobody else is at it. */
export const best = (runs: readonly Measured[]): Measured =>
  runs.reduce((least, run) => (run.seconds < least.seconds ? run : least));

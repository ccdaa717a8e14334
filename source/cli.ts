/** The command line: the only place that knows arguments, environment, signals and the exit. */
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };
import type { Environment } from './commands/command.ts';
import { runCommandLine } from './commands/run.ts';
import type { Surroundings } from './runtime.ts';

/** An empty variable is one that is not set. */
const variable = (name: string): string | null => {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
};

/** Beside the bundle; from the sources, what the last build made. */
const demoFolder = (): string => {
  const fromSources = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(fromSources ? '../dist/demo' : './demo', import.meta.url));
};

const surroundings = (): Surroundings => ({
  stdin: process.stdin,
  stdout: process.stdout,
  variables: process.env,
  signals: process,
  version: packageFile.version,
  demoFolder: demoFolder(),
  now: () => new Date().toISOString(),
});

const environment = (signal: AbortSignal): Environment => ({
  argv: process.argv.slice(2),
  caseFolder: variable('MIA_CASE'),
  analyst: variable('MIA_ANALYST'),
  variables: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  version: packageFile.version,
  now: () => new Date().toISOString(),
  milliseconds: () => performance.now(),
  signal,
  demoFolder: demoFolder(),
  // Ink and React are loaded only where something is drawn.
  renderTable: async (table) => (await import('./runtime.ts')).printedTable(table, surroundings()),
  runConsole: async (start) => (await import('./runtime.ts')).runConsole(start, surroundings()),
});

/** Ctrl-C asks for an orderly end; a second one does not wait for it. */
const cancelOnSignals = (): AbortSignal => {
  const cancel = new AbortController();
  const onSignal = () => {
    if (cancel.signal.aborted) process.exit(130);
    cancel.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return cancel.signal;
};

const bugReport = (error: unknown): string => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return (
    `mia: this should not have happened, and is a bug in mia ${packageFile.version}.\n\n${stack}\n\n` +
    'Please report it with the lines above; leave out what is confidential. The case is unharmed:\n' +
    'decisions and evidence are on disk, and `mia verify` checks them.\n'
  );
};

/**
 * Ends with the stack of a bug. It is written by the last listener of the exit, so that whoever took
 * the terminal has given it back by then and the words are not lost with its alternate screen.
 */
const endWithBug = (error: unknown): never => {
  process.once('exit', () => writeSync(2, bugReport(error)));
  process.exit(1);
};

const main = async (): Promise<void> => {
  // A reader that goes away is no error; who writes a listing looks for itself what became of it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', endWithBug);
  const code = await runCommandLine(environment(cancelOnSignals())).catch(endWithBug);
  // Workers or a waiting standard input must not keep a program alive that has answered.
  process.exit(code);
};

void main();

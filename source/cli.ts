/** The command line: the only place that knows arguments, environment, signals and the exit. */
import { fileURLToPath } from 'node:url';
import packageFile from '../package.json' with { type: 'json' };
import type { Environment, ExitCode } from './commands/command.ts';
import { runCommandLine } from './commands/run.ts';

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

const environment = (signal: AbortSignal): Environment => ({
  argv: process.argv.slice(2),
  caseFolder: variable('MIA_CASE'),
  analyst: variable('MIA_ANALYST'),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  version: packageFile.version,
  now: () => new Date().toISOString(),
  milliseconds: () => performance.now(),
  signal,
  demoFolder: demoFolder(),
  // Ink and React are loaded only where something is drawn.
  renderTable: async (table) => (await import('./runtime.ts')).printedTable(table),
  runConsole: async (start) => (await import('./runtime.ts')).runConsole(start),
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

/** A bug: its stack, and whom to tell. The terminal was restored by whoever changed it. */
const reportBug = (error: unknown): ExitCode => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `mia: this should not have happened, and is a bug in mia ${packageFile.version}.\n\n${stack}\n\n` +
      'Please report it with the lines above; leave out what is confidential. The case is unharmed:\n' +
      'decisions and evidence are on disk, and `mia verify` checks them.\n',
  );
  return 1;
};

const main = async (): Promise<void> => {
  // A reader of standard error that goes away is no error either.
  process.stderr.on('error', () => undefined);
  const code = await runCommandLine(environment(cancelOnSignals())).catch(reportBug);
  // Workers or a waiting standard input must not keep a program alive that has answered.
  process.exit(code);
};

void main();

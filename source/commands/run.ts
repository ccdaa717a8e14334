import { existsSync } from 'node:fs';
import { withDiskTrouble } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { checkFlags, readCommandLine } from './command-line.ts';
import type { Command, Environment, ExitCode, Invocation } from './command.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { openConsole } from './open-console.ts';
import { isClosedPipe } from './paced-output.ts';
import { COMMANDS, commandNamed } from './registry.ts';
import { note, printLines, sayProblem } from './report.ts';
import { nearest } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

/** `mia FILE…` opens the console, so a first word that is neither a command nor a file is a slip. */
const unknownWord = (word: string): UsageError => {
  const meant = nearest(word, [...COMMANDS.map(({ name }) => name), 'help', 'version']);
  return new UsageError(
    `There is no command "${word}", and no such file.`,
    meant === null ? 'See mia --help.' : `Did you mean mia ${meant}?`,
  );
};

const printHelp = async (
  environment: Environment,
  topic: string | undefined,
): Promise<ExitCode> => {
  const command = topic === undefined ? undefined : commandNamed(topic);
  if (topic !== undefined && command === undefined) throw unknownWord(topic);
  const text = command === undefined ? overviewHelp(environment.version) : commandHelp(command);
  await printLines(environment, [text.trimEnd()]);
  return 0;
};

const runCommand = (command: Command, invocation: Invocation): Promise<ExitCode> => {
  checkFlags(command, invocation.flags);
  if (invocation.input.length > 0 && command.argumentsLine === '')
    throw new UsageError(
      `mia ${command.name} takes no argument "${invocation.input[0] ?? ''}".`,
      `See mia ${command.name} --help.`,
    );
  return command.run(invocation);
};

const dispatch = async (environment: Environment): Promise<ExitCode> => {
  const { input, flags } = readCommandLine(environment.argv, environment.version);
  const [word, ...rest] = input;
  if (flags.switches.version === true || word === 'version') {
    await printLines(environment, [environment.version]);
    return 0;
  }
  if (word === 'help') return printHelp(environment, rest[0]);
  const command = word === undefined ? undefined : commandNamed(word);
  if (flags.switches.help === true) return printHelp(environment, command?.name);
  if (command !== undefined) return runCommand(command, { environment, flags, input: rest });
  const missing = input.find((path) => !existsSync(path));
  if (missing !== undefined) throw unknownWord(missing);
  return openConsole({ environment, flags, input });
};

const isCancelled = ({ signal }: Environment, error: unknown): boolean =>
  signal.aborted &&
  (error === signal.reason || (error instanceof Error && error.name === 'AbortError'));

/**
 * Runs the command line and turns every ending into an exit code: what went wrong and what to do goes
 * to standard error. Anything that is neither a usage error nor a Problem is a bug, and is thrown on.
 */
export const runCommandLine = async (environment: Environment): Promise<ExitCode> => {
  try {
    return await dispatch(environment);
  } catch (thrown) {
    const error = withDiskTrouble(thrown);
    if (error instanceof UsageError) {
      note(environment, `mia: ${forTerminal(error.message)}`);
      note(environment, `     ${forTerminal(error.hint)}`);
      return 2;
    }
    if (isCancelled(environment, error)) {
      note(environment, 'Cancelled.');
      return 130;
    }
    if (error instanceof Problem) {
      sayProblem(environment, error.message, error.hint);
      return 1;
    }
    if (isClosedPipe(error)) return 0;
    throw error;
  }
};

import { existsSync } from 'node:fs';
import { damagedRecords, withDiskTrouble } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';
import { TOPIC_NAMES, topicText } from '../help/topic-text.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { flawOfRecords } from '../case/verify/records-findings.ts';
import { caseFolder } from './case-choice.ts';
import { checkFlags, readCommandLine } from './command-line.ts';
import type { Command, Environment, ExitCode, Invocation } from './command.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { openConsole } from './open-console.ts';
import { isClosedPipe } from './paced-output.ts';
import { COMMANDS, commandNamed } from './registry.ts';
import { note, printLines, printProblem } from './report.ts';
import { nearest } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

/** `mia FILE…` opens the console, so a first word that is neither a command nor a file is a slip. */
const unknownWord = (word: string): UsageError => {
  if (/[\\/]/.test(word))
    return new UsageError(`There is no file or folder ${word}.`, 'Check the spelling.');
  const meant = nearest(word, [...COMMANDS.map(({ name }) => name), 'help', 'version']);
  return new UsageError(
    `There is no command "${word}", and no such file.`,
    meant === null ? 'See mia --help.' : `Did you mean mia ${meant}?`,
  );
};

const unknownTopic = (word: string): UsageError => {
  const commands = COMMANDS.map(({ name }) => name);
  const meant = nearest(word, [...commands, ...TOPIC_NAMES]);
  const typed = meant !== null && commands.includes(meant) ? meant : `help ${meant}`;
  return new UsageError(
    `There is no help on "${word}".`,
    meant === null
      ? `Topics: ${TOPIC_NAMES.join(', ')}; or the name of a command.`
      : `Did you mean mia ${typed}?`,
  );
};

const printHelp = async (
  environment: Environment,
  topic: string | undefined,
): Promise<ExitCode> => {
  const command = topic === undefined ? undefined : commandNamed(topic);
  if (topic !== undefined && command === undefined) {
    const lines = topicText(topic, Math.min(environment.stdout.columns ?? 100, 100) - 1);
    if (lines === null) throw unknownTopic(topic);
    await printLines(environment, lines);
    return 0;
  }
  const text = command === undefined ? overviewHelp(environment.version) : commandHelp(command);
  await printLines(environment, [text.trimEnd()]);
  return 0;
};

const isCancelled = ({ signal }: Environment, error: unknown): boolean =>
  signal.aborted &&
  (error === signal.reason || (error instanceof Error && error.name === 'AbortError'));

/**
 * An error that nobody foresaw may come from a records.db that says what mia never wrote. That takes
 * reading all evidence once, which is better than to call it a bug.
 */
const withDamage = async (invocation: Invocation, thrown: unknown): Promise<unknown> => {
  const { environment } = invocation;
  const error = withDiskTrouble(thrown);
  if (error instanceof UsageError || error instanceof Problem) return error;
  if (isCancelled(environment, error) || isClosedPipe(error)) return error;
  note(environment, 'Something unforeseen happened: looking whether records.db is damaged …');
  const flaw = await flawOfRecords(caseFolder(invocation), environment.now);
  return flaw === null ? error : damagedRecords(`it ${flaw}`, error);
};

const runCommand = async (command: Command, invocation: Invocation): Promise<ExitCode> => {
  checkFlags(command, invocation.flags);
  if (invocation.input.length > 0 && command.argumentsLine === '')
    throw new UsageError(
      `mia ${command.name} takes no argument "${invocation.input[0] ?? ''}".`,
      `See mia ${command.name} --help.`,
    );
  try {
    return await command.run(invocation);
  } catch (error) {
    throw await withDamage(invocation, error);
  }
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
      printProblem(environment, error.message, error.hint);
      return 1;
    }
    if (isClosedPipe(error)) return 0;
    throw error;
  }
};

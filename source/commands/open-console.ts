import type { FlagName } from './flags.ts';
import { analystName, caseFolder } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { flagAsTyped, isFlagName } from './flags.ts';
import { UsageError } from './usage-error.ts';

const CONSOLE_FLAGS: readonly FlagName[] = ['case', 'analyst'];

/** The console reads keys and draws: it needs a terminal on both sides. */
export const hasTerminal = ({ stdin, stdout }: Environment): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

/** `mia [FILE…]`. */
export const openConsole = (invocation: Invocation): Promise<ExitCode> => {
  const { environment, flags, input } = invocation;
  const given = [flags.texts, flags.switches, flags.lists].flatMap((kind) => Object.keys(kind));
  const wrong = given.filter(isFlagName).find((name) => !CONSOLE_FLAGS.includes(name));
  if (wrong !== undefined)
    throw new UsageError(
      `${flagAsTyped(wrong)} goes with a command.`,
      'See mia --help for the commands, or open the console with mia alone.',
    );
  if (!hasTerminal(environment))
    throw new UsageError(
      'The console needs a terminal for input and output.',
      'Use a command instead: mia import FILE, mia summary, mia sessions; see mia --help.',
    );
  return environment.runConsole({
    folder: caseFolder(invocation),
    analyst: analystName(invocation),
    files: input,
    demo: false,
  });
};

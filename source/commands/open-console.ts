import type { FlagName } from './flags.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { needsAsking } from '../import/import-paths.ts';
import { askYes } from './ask.ts';
import { analystName, caseFolder } from './case-choice.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { flagAsTyped, isFlagName } from './flags.ts';
import { note } from './report.ts';
import { UsageError } from './usage-error.ts';

const CONSOLE_FLAGS: readonly FlagName[] = ['case', 'analyst', 'newCase'];

/** The console reads keys and draws: it needs a terminal on both sides. */
export const hasTerminal = ({ stdin, stdout }: Environment): boolean =>
  stdin.isTTY === true && stdout.isTTY === true;

const questionAbout = (folder: string): string =>
  `${forTerminal(folder)} holds other files and no case. Make a case in it? Others lose access to the folder. (y/N) `;

/** `mia [FILE…]`. */
export const openConsole = async (invocation: Invocation): Promise<ExitCode> => {
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
  const folder = caseFolder(invocation);
  const among = needsAsking(folder);
  const agreed = flags.switches.newCase === true;
  if (among && !agreed && !(await askYes(environment, questionAbout(folder)))) {
    note(environment, 'Nothing was changed. Name a folder of its own with --case DIR.');
    return 1;
  }
  return environment.runConsole({
    folder,
    ...(among ? { newCase: true } : {}),
    analyst: analystName(invocation),
    files: input,
    demo: false,
  });
};

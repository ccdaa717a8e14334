import { TOPIC_NAMES, topicTitle } from '../help/topic-text.ts';
import type { Command } from './command.ts';
import { FLAGS, flagAsTyped, GENERAL_FLAGS, type FlagName } from './flags.ts';
import { COMMANDS } from './registry.ts';

const twoColumns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const flagRows = (command: Pick<Command, 'flags' | 'flagTexts'>) =>
  [...command.flags, ...GENERAL_FLAGS].map((name: FlagName) => {
    const { value, text } = FLAGS[name];
    const typed = value === undefined ? flagAsTyped(name) : `${flagAsTyped(name)} ${value}`;
    return [typed, command.flagTexts?.[name] ?? text] as const;
  });

/** `mia --help`: what it is, its commands in the order in which a case is worked. */
export const overviewHelp = (version: string): string =>
  [
    `mia ${version}: which email did the intruder access?`,
    '',
    'Usage',
    ...twoColumns([
      ['mia [FILE…]', 'opens the console on the case; FILEs are imported meanwhile'],
      ['mia COMMAND', 'does one thing without the console'],
    ]),
    '',
    'Commands',
    ...twoColumns(COMMANDS.map(({ name, summary }) => [name, summary] as const)),
    '',
    'Flags of mia itself',
    ...twoColumns([...flagRows({ flags: [] }), ['--version', 'show the version']]),
    '',
    'Topics (mia help TOPIC)',
    ...twoColumns(TOPIC_NAMES.map((name) => [name, topicTitle(name)] as const)),
    '',
    'Exit codes: 0 done · 1 failed · 2 wrong usage · 3 done, with damaged or conflicting rows · 130 cancelled',
    '`mia COMMAND --help` says more.',
    '',
  ].join('\n');

/** `mia COMMAND --help`. */
export const commandHelp = (command: Command): string =>
  [
    `mia ${command.name}: ${command.summary}`,
    '',
    'Usage',
    `  mia ${[command.name, command.argumentsLine, '[flags]'].filter((word) => word !== '').join(' ')}`,
    '',
    ...(command.details === '' ? [] : [command.details, '']),
    'Flags',
    ...twoColumns(flagRows(command)),
    '',
    'Examples',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');

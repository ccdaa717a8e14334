import meow from 'meow';
import type { Command } from './command.ts';
import {
  FLAGS,
  flagAsTyped,
  GENERAL_FLAGS,
  isFlagName,
  type FlagName,
  type Flags,
} from './flags.ts';
import { nearest } from './suggestion.ts';
import { UsageError } from './usage-error.ts';

/** A command line as typed, read but not yet held against a command. */
interface CommandLine {
  readonly input: readonly string[];
  readonly flags: Flags;
}

const FLAG_NAMES = Object.keys(FLAGS).filter(isFlagName);

const meowFlags = () =>
  Object.fromEntries(
    FLAG_NAMES.map((name) => {
      const { type } = FLAGS[name];
      if (type === 'list') return [name, { type: 'string', isMultiple: true }] as const;
      return [name, { type }] as const;
    }),
  );

const meowFlagsOf = (argv: readonly string[], version: string) => {
  try {
    return meow({
      importMeta: import.meta,
      pkg: { name: 'mia', version },
      argv: argv.map((argument) => (argument === '-h' ? '--help' : argument)),
      flags: meowFlags(),
      description: false,
      autoHelp: false,
      autoVersion: false,
      booleanDefault: undefined,
    });
  } catch (error) {
    // meow throws a plain Error for a flag given twice; its message is for people.
    throw new UsageError(error instanceof Error ? error.message : String(error), 'Give it once.');
  }
};

const typedAs = (name: string): string =>
  name.length === 1 ? `-${name}` : `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** How often a flag is typed, so that one without its value is not taken for one not given. */
const timesTyped = (argv: readonly string[], name: FlagName): number => {
  const end = argv.indexOf('--');
  const before = end < 0 ? argv : argv.slice(0, end);
  const typed = typedAs(name);
  return before.filter((argument) => argument === typed || argument.startsWith(`${typed}=`)).length;
};

const checkChoice = (name: FlagName, value: string): void => {
  const { choices } = FLAGS[name];
  if (choices === undefined || choices.includes(value)) return;
  throw new UsageError(
    `${flagAsTyped(name)}: "${value}" is none of its values.`,
    `Use one of ${choices.join(', ')}.`,
  );
};

const textValue = (name: FlagName, value: unknown): string => {
  if (typeof value !== 'string' || value.trim() === '')
    throw new UsageError(
      `${flagAsTyped(name)} needs a value.`,
      `Write ${flagAsTyped(name)} ${FLAGS[name].value ?? 'VALUE'}.`,
    );
  checkChoice(name, value);
  return value;
};

/** Reads flags and arguments with meow; nothing that was typed is ignored. */
export const readCommandLine = (argv: readonly string[], version: string): CommandLine => {
  const result = meowFlagsOf(argv, version);
  const texts: Partial<Record<FlagName, string>> = {};
  const switches: Partial<Record<FlagName, boolean>> = {};
  const lists: Partial<Record<FlagName, readonly string[]>> = {};
  for (const [name, value] of Object.entries(result.flags)) {
    if (!isFlagName(name)) throw unknownFlag(name, FLAG_NAMES);
    const { type } = FLAGS[name];
    if (type === 'boolean') {
      if (typeof value !== 'boolean')
        throw new UsageError(
          `${typedAs(name)} takes no value.`,
          `Write ${flagAsTyped(name)} alone.`,
        );
      switches[name] = value;
    } else if (type === 'list') {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (values.length !== timesTyped(argv, name)) textValue(name, '');
      if (values.length > 0) lists[name] = values.map((one) => textValue(name, one));
    } else texts[name] = textValue(name, value);
  }
  return { input: result.input.map(String), flags: { texts, switches, lists } };
};

const unknownFlag = (name: string, known: readonly FlagName[]): UsageError => {
  const meant = nearest(name, known);
  return new UsageError(
    `There is no flag ${typedAs(name)} here.`,
    meant !== null && isFlagName(meant)
      ? `Did you mean ${flagAsTyped(meant)}?`
      : 'See --help for the flags there are.',
  );
};

/** A flag that another command takes is as wrong here as one that does not exist. */
export const checkFlags = (command: Command, flags: Flags): void => {
  const allowed: readonly FlagName[] = [...command.flags, ...GENERAL_FLAGS];
  const given = [flags.texts, flags.switches, flags.lists].flatMap((kind) => Object.keys(kind));
  for (const name of given.filter(isFlagName)) {
    if (allowed.includes(name)) continue;
    const { message } = unknownFlag(name, []);
    throw new UsageError(message, `See mia ${command.name} --help for the flags it takes.`);
  }
};

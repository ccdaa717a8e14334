import { forTerminal } from '../domain/terminal-text.ts';
import { documentText, type Member } from '../exports/json-text.ts';
import type { Environment, Invocation } from './command.ts';
import { fittedLines } from './wrapped-lines.ts';
import { writePaced } from './paced-output.ts';

/** `--json`: one document, alone, on standard output. */
export const printDocument = (
  { stdout, signal }: Environment,
  schema: string,
  members: Iterable<readonly [name: string, member: Member]>,
): Promise<void> => writePaced(stdout, documentText(schema, members), signal);

/** Members of a document that fits in memory. */
export const valueMembers = (document: object): readonly (readonly [string, Member])[] =>
  Object.entries(document).map(([name, value]) => [name, { value }] as const);

/** Lines for people on standard output. Whatever of them is from a record has passed `forTerminal`. */
export const printLines = (
  { stdout, signal }: Environment,
  lines: readonly string[],
): Promise<void> =>
  writePaced(
    stdout,
    lines.flatMap((line) => fittedLines(line, stdout)).map((line) => `${line}\n`),
    signal,
  );

/** Notes and warnings: standard error, so that standard output holds only what was asked for. */
export const note = ({ stderr }: Environment, line: string): void => {
  if (!stderr.writable) return;
  for (const part of fittedLines(line, stderr)) stderr.write(`${part}\n`);
};

/** A problem may say its piece in several lines; a path in it may hold anything. */
const linesForTerminal = (text: string): string => text.split('\n').map(forTerminal).join('\n');

/** What went wrong, and what to do about it. */
export const printProblem = (environment: Environment, problem: string, hint: string): void => {
  note(environment, `mia: ${linesForTerminal(problem)}`);
  if (hint !== '') note(environment, `     ${linesForTerminal(hint)}`);
};

/** For a report on what was done, which a Ctrl-C that ended the work must not cut off. */
export const evenWhenCancelled = (environment: Environment): Environment => ({
  ...environment,
  signal: new AbortController().signal,
});

export const wantsJson = ({ flags }: Invocation): boolean => flags.switches.json === true;

export { counted } from '../domain/count-words.ts';

import { documentText, type Member } from '../exports/json-text.ts';
import type { Environment, Invocation } from './command.ts';
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
    lines.map((line) => `${line}\n`),
    signal,
  );

/** Notes and warnings: standard error, so that standard output holds only what was asked for. */
export const note = ({ stderr }: Environment, line: string): void => {
  if (stderr.writable) stderr.write(`${line}\n`);
};

export const wantsJson = ({ flags }: Invocation): boolean => flags.switches.json === true;

export { counted } from '../domain/counted.ts';

/** `text` in lines of at most `width` columns, broken at spaces. */
export const wrappedLines = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

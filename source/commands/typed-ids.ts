import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Environment, Invocation } from './command.ts';

const openedFile = (path: string): Readable => createReadStream(path, { encoding: 'utf8' });

const fileProblem = (path: string, error: unknown): Problem =>
  new Problem(
    `Cannot read ${forTerminal(path)}: ${error instanceof Error ? error.message : String(error)}`,
    'Give a text file with one message id a line, or - for standard input.',
  );

/** One id a line; a file saved by a spreadsheet may begin with a byte order mark. */
const linesOf = async function* (stream: Readable): AsyncGenerator<string> {
  let first = true;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    yield first ? line.replace(/^\ufeff/, '') : line;
    first = false;
  }
};

const linesOfFile = async function* (path: string): AsyncGenerator<string> {
  const stream = openedFile(path);
  try {
    yield* linesOf(stream);
  } catch (error) {
    throw fileProblem(path, error);
  } finally {
    stream.destroy();
  }
};

/** Lines of a file; - is standard input. @throws Problem where it can't be read. */
export const linesFrom = ({ stdin }: Environment, path: string): AsyncGenerator<string> =>
  path === '-' ? linesOf(stdin) : linesOfFile(path);

/** Where the ids come from: arguments, `--input`, and standard input where neither is given. */
export const typedIds = async function* (invocation: Invocation): AsyncGenerator<string> {
  const { input, flags, environment } = invocation;
  const file = flags.texts.input;
  yield* input.filter((id) => id !== '-');
  if (file !== undefined && file !== '-') yield* linesFrom(environment, file);
  const fromStdin =
    file === '-' || input.includes('-') || (file === undefined && input.length === 0);
  if (fromStdin) yield* linesFrom(environment, '-');
};

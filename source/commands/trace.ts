import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { normaliseMessageId } from '../domain/message-id.ts';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { jsonText } from '../exports/json-text.ts';
import { traceJson } from '../exports/json/message.ts';
import type { CaseDesk, IdTrace } from '../jobs/case-desk.ts';
import { withCase } from './case-choice.ts';
import type { Command, Invocation } from './command.ts';
import { unresolvedInWords } from './messages.ts';
import { writePaced } from './paced-output.ts';
import { wantsJson } from './report.ts';
import { UsageError } from './usage-error.ts';

/** Ids looked up together: enough to spare queries, few enough to answer while more arrive. */
const BATCH = 500;

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

/** Where the ids come from: arguments, `--input`, and standard input where neither is given. */
const typedIds = async function* (invocation: Invocation): AsyncGenerator<string> {
  const { input, flags, environment } = invocation;
  const file = flags.texts.input;
  yield* input.filter((id) => id !== '-');
  if (file !== undefined && file !== '-') yield* linesOfFile(file);
  const fromStdin =
    file === '-' || input.includes('-') || (file === undefined && input.length === 0);
  if (fromStdin) yield* linesOf(environment.stdin);
};

/** Ids in the order given, each as often as given. */
const lookedUp = async function* (
  desk: CaseDesk,
  ids: AsyncIterable<string>,
): AsyncGenerator<IdTrace> {
  let batch: string[] = [];
  for await (const typed of ids) {
    const id = normaliseMessageId(typed);
    if (id === null) continue;
    batch.push(id);
    if (batch.length < BATCH) continue;
    yield* desk.traces(batch);
    batch = [];
  }
  if (batch.length > 0) yield* desk.traces(batch);
};

const idTraceJson = ({ internetMessageId, inCase, trace, unresolved }: IdTrace) => ({
  internetMessageId,
  inCase,
  trace: trace === null ? null : traceJson(trace),
  unresolved,
});

const documentOf = async function* (traces: AsyncIterable<IdTrace>): AsyncGenerator<string> {
  yield '{"schema":"mia.trace/1",\n"messages":[';
  let first = true;
  for await (const trace of traces) {
    yield `${first ? '\n' : ',\n'}${jsonText(idTraceJson(trace))}`;
    first = false;
  }
  yield first ? ']}\n' : '\n]}\n';
};

/** One id a line, cells between tabs, on a terminal too: ids are long, and answers come as they are found. */
const linesForPeople = async function* (traces: AsyncIterable<IdTrace>): AsyncGenerator<string> {
  yield `${['MESSAGE ID', 'IN CASE', 'RECEIVED', 'SENDER', 'RECIPIENTS', 'SUBJECT'].join('\t')}\n`;
  for await (const { internetMessageId, inCase, trace, unresolved } of traces) {
    const cells = [
      internetMessageId,
      inCase ? 'yes' : 'no',
      trace?.receivedAt ?? '',
      trace?.sender ?? '',
      trace?.recipients.join('; ') ?? '',
      trace?.subject ?? unresolvedInWords(unresolved),
    ];
    yield `${cells.map(forTerminal).join('\t')}\n`;
  }
};

export const trace: Command = {
  name: 'trace',
  summary: 'shows the metadata of messages',
  argumentsLine: '[ID…]',
  details:
    'Sender, recipients and subject of message ids, as far as imported traces know them; a message\n' +
    'without metadata says why. Ids come from arguments, --input, or standard input, one a line.',
  flags: ['input', 'json'],
  examples: [
    'mia messages --class confirmed --ids | mia trace',
    'mia trace --input ids.txt --json',
  ],
  run: (invocation) => {
    const { input, flags, environment } = invocation;
    if (input.length === 0 && flags.texts.input === undefined && environment.stdin.isTTY === true)
      throw new UsageError(
        'No message id was given.',
        'Write mia trace ID…, or mia trace --input FILE.',
      );
    return withCase(invocation, async (desk) => {
      const traces = lookedUp(desk, typedIds(invocation));
      const texts = wantsJson(invocation) ? documentOf(traces) : linesForPeople(traces);
      await writePaced(environment.stdout, texts, environment.signal);
      return 0;
    });
  },
};

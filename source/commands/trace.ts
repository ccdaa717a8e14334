import { normaliseMessageId } from '../domain/records/stated.ts';
import type { Case, IdTrace } from '../case/case.ts';
import type { MessageSelection } from '../acquire/lookup/lookup-order.ts';
import type { LookupStatement } from '../domain/lookups/lookup-progress.ts';
import { lookupStatementLines } from '../domain/lookups/lookup-words.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import { jsonText } from '../exports/json-text.ts';
import { lookupJson, tracedJson } from '../exports/documents/lookup.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { withCase } from './case-choice.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { unresolvedInWords } from './messages.ts';
import { foundByKeys } from './key-resolution.ts';
import { lookup, lookupExitCode, sayLookupEnd } from './lookup.ts';
import { writePaced } from './paced-output.ts';
import { evenWhenCancelled, note, wantsJson } from './report.ts';
import { typedIds } from './typed-ids.ts';
import { UsageError } from './usage-error.ts';

/** Ids looked up together: enough to spare queries, few enough to answer while more arrive. */
const BATCH = 500;

/** Ids in the order given, each as often as given. */
const lookedUp = async function* (
  theCase: Case,
  ids: AsyncIterable<string>,
): AsyncGenerator<IdTrace> {
  let batch: string[] = [];
  for await (const typed of ids) {
    const id = normaliseMessageId(typed);
    if (id === null) continue;
    batch.push(id);
    if (batch.length < BATCH) continue;
    yield* theCase.traces(batch);
    batch = [];
  }
  if (batch.length > 0) yield* theCase.traces(batch);
};

type IdTraces = AsyncIterable<IdTrace> | Iterable<IdTrace>;

/** Metadata of ids as `mia.trace/1`, as they are looked at. `statement`: what a lookup came to; null: none was made. */
const traceDocument = async function* (
  traces: IdTraces,
  statement: LookupStatement | null,
): AsyncGenerator<string> {
  yield '{"schema":"mia.trace/1",\n"messages":[';
  let first = true;
  for await (const trace of traces) {
    yield `${first ? '\n' : ',\n'}${jsonText(tracedJson(trace))}`;
    first = false;
  }
  const lookup = statement === null ? null : lookupJson(statement);
  yield `${first ? '' : '\n'}],\n"lookup":${jsonText(lookup)}}\n`;
};

/** One id a line, cells between tabs, on a terminal too: ids are long, and answers come as they are found. */
const traceLines = async function* (traces: IdTraces): AsyncGenerator<string> {
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

const printed = async (
  invocation: Invocation,
  traces: IdTraces,
  statement: LookupStatement | null = null,
): Promise<void> => {
  const { stdout, signal } = invocation.environment;
  const texts = wantsJson(invocation) ? traceDocument(traces, statement) : traceLines(traces);
  await writePaced(stdout, texts, signal);
};

/** Every id once, in its order. */
const idsOf = function* (theCase: Case, wanted: MessageSelection): Generator<string> {
  const messages =
    wanted.of === 'keys'
      ? wanted.keys
      : theCase.messageKeys(wanted.of === 'malicious' ? 'malicious' : wanted.keys);
  const given = new Set<string>();
  for (const { internetMessageId: id } of messages) {
    if (id === null || given.has(id)) continue;
    given.add(id);
    yield id;
  }
};

/** Of the sessions named, else of all malicious ones. */
const messagesOfSessions = (theCase: Case, named: readonly string[]): MessageSelection => {
  if (named.length === 0) return { of: 'malicious' };
  return { of: 'sessions', keys: foundByKeys(theCase, named) };
};

/** The ids given; where none is, the messages of sessions. */
const wantedMessages = async (invocation: Invocation, theCase: Case): Promise<MessageSelection> => {
  const { input, flags, environment } = invocation;
  const sessions = flags.lists.session ?? [];
  if (sessions.length > 0) return messagesOfSessions(theCase, sessions);
  const named = input.length > 0 || flags.texts.input !== undefined;
  const keys: MessageKey[] = [];
  if (named || environment.stdin.isTTY !== true)
    for await (const typed of typedIds(invocation)) {
      const internetMessageId = normaliseMessageId(typed);
      if (internetMessageId !== null) keys.push({ mailbox: null, internetMessageId, itemId: null });
    }
  return named || keys.length > 0 ? { of: 'keys', keys } : messagesOfSessions(theCase, []);
};

const fetched = async (invocation: Invocation, theCase: Case): Promise<ExitCode> => {
  const { environment } = invocation;
  const wanted = await wantedMessages(invocation, theCase);
  const outcome = await lookup(invocation, wanted);
  const { end } = outcome;
  const finished = end.event === 'finished' ? end.statement : null;
  const statement = finished?.asked === 0 ? null : finished;
  const calm = { ...invocation, environment: evenWhenCancelled(environment) };
  await printed(calm, theCase.traces(idsOf(theCase, wanted)), statement);
  if (finished?.asked === 0) note(environment, 'There is no message to look up.');
  sayLookupEnd(environment, outcome);
  if (statement !== null)
    for (const line of lookupStatementLines(statement)) note(environment, line);
  return lookupExitCode(outcome);
};

const ONLY_WITH_FETCH = ['session', 'again', 'thorough', 'mailboxes', 'remember'] as const;

const checkFlags = ({ input, flags, environment }: Invocation): void => {
  const { lists, switches, texts } = flags;
  if (switches.fetch === true) {
    if ((lists.session ?? []).length > 0 && (input.length > 0 || texts.input !== undefined))
      throw new UsageError('Ids and --session are two things.', 'Give one of them.');
    return;
  }
  const alone = ONLY_WITH_FETCH.find(
    (name) => switches[name] === true || (lists[name] ?? []).length > 0,
  );
  if (alone !== undefined)
    throw new UsageError(`--${alone} goes with --fetch.`, 'Add --fetch, or leave it out.');
  if (input.length === 0 && texts.input === undefined && environment.stdin.isTTY === true)
    throw new UsageError(
      'No message id was given.',
      'Write mia trace ID…, or mia trace --input FILE.',
    );
};

export const trace: Command = {
  name: 'trace',
  summary: 'shows the metadata of messages',
  argumentsLine: '[ID…]',
  details:
    'Sender, recipients and subject of message ids, as far as the case knows them; a message without\n' +
    'metadata says why. Ids come from arguments, --input, or standard input, one a line.\n' +
    'With --fetch it asks the tenant for what the case does not know: the messages of the ids given,\n' +
    'of --session, or else of all malicious sessions. It reads the whole traffic of their mailboxes in\n' +
    'message trace, back 90 days, and asks for what is not in there one by one, as far as that takes no\n' +
    'longer than some minutes. What was answered is never asked twice; --again asks once more for what\n' +
    'was not found, since rows come late. Ctrl-C or a crash lose nothing: the same command goes on.\n' +
    'With --mailboxes it then looks into the mailboxes themselves, recoverable items included, for what\n' +
    'is left, and for items the log names without a message id. That takes Mail.ReadBasic.All (of an\n' +
    'application) or Mail.ReadBasic.Shared (of a person), and leaves MailItemsAccessed records of its\n' +
    'own in the tenant, by the application one signs in with; the case marks its sessions (O).',
  flags: [
    ...(['input', 'fetch', 'session', 'again', 'thorough', 'mailboxes'] as const),
    ...(['tenant', 'clientId', 'method', 'cloud', 'remember', 'json'] as const),
  ],
  flagTexts: {
    session: 'with --fetch: the messages of this session or context (repeatable)',
    again: 'with --fetch: ask once more for what was not found',
    mailboxes: 'with --fetch: look into the mailboxes too; that leaves audit records of its own',
    thorough: 'with --fetch: ask for each left-over by itself, however long it takes',
  },
  examples: [
    'mia messages --class confirmed --ids | mia trace',
    'mia trace --input ids.txt --json',
    'mia trace --fetch --session KEY',
    'mia trace --fetch --mailboxes',
  ],
  run: (invocation) => {
    checkFlags(invocation);
    return withCase(invocation, async (theCase) => {
      if (invocation.flags.switches.fetch === true) return fetched(invocation, theCase);
      await printed(invocation, lookedUp(theCase, typedIds(invocation)));
      return 0;
    });
  },
};

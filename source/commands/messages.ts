import type { Message } from '../domain/exposure/message.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Unresolved } from '../domain/lookups/trace.ts';
import { UNRESOLVED_SHORT } from '../domain/exposure/exposure-words.ts';
import { messageJson } from '../exports/documents/message.ts';
import type { Case } from '../case/case.ts';
import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import { withCase } from './case-choice.ts';
import { caseFilter, filterInCase, SESSION_FILTERS } from './case-filter.ts';
import type { Command, Environment, Invocation } from './command.ts';
import { writePaced } from './paced-output.ts';
import { counted, note, printDocument, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';
import { UsageError } from './usage-error.ts';

/** Why a message has no metadata, for people. */
export const unresolvedInWords = (reason: Unresolved | null): string =>
  reason === null ? '' : `(${UNRESOLVED_SHORT[reason]})`;

const identity = ({ internetMessageId, itemId }: Message): string =>
  internetMessageId ?? `(no message id) ${itemId ?? ''}`;

const ANYONES: Column<Message> = {
  ...{ title: 'FIRST ACCESS', whole: true, spare: 2 },
  cell: ({ firstAccess }) => firstAccess,
};

/** Where only what is malicious was asked for. */
const INTRUDERS: Column<Message> = {
  ...{ title: "INTRUDER'S FIRST", whole: true, spare: 2 },
  cell: ({ intruder }) => intruder?.first ?? '',
};

const columns = (filter: CaseFilter): readonly Column<Message>[] => [
  { title: 'CLASS', cell: (message) => message.class, whole: true },
  filter.verdict === 'malicious' || filter.class === 'confirmed' ? INTRUDERS : ANYONES,
  {
    title: 'MAILBOX',
    cell: ({ mailbox }) => mailbox.owner ?? mailbox.guid ?? '(not stated)',
    spare: 3,
  },
  { title: 'FOLDER', cell: ({ folders }) => folders.join('; '), spare: 1 },
  { title: 'SENDER', cell: ({ trace }) => trace?.sender ?? '', spare: 0 },
  {
    title: 'SUBJECT',
    cell: ({ trace, unresolved }) => trace?.subject ?? unresolvedInWords(unresolved),
  },
  { title: 'MESSAGE ID', cell: identity },
];

const printIds = async (environment: Environment, messages: Iterable<Message>): Promise<void> => {
  let unidentified = 0;
  const ids = (function* () {
    // One id can stand in several mailboxes; it is one line.
    const printed = new Set<string>();
    for (const { internetMessageId } of messages) {
      if (internetMessageId === null) unidentified += 1;
      else if (!printed.has(internetMessageId)) {
        printed.add(internetMessageId);
        yield `${forTerminal(internetMessageId)}\n`;
      }
    }
  })();
  await writePaced(environment.stdout, ids, environment.signal);
  if (unidentified > 0)
    note(
      environment,
      `${counted(unidentified, 'item')} without a message id left out; --json has them.`,
    );
};

const printMessages = async (
  invocation: Invocation,
  theCase: Case,
  filter: CaseFilter,
): Promise<void> => {
  const { environment, flags } = invocation;
  if (flags.switches.ids === true) return printIds(environment, theCase.messages(filter));
  if (wantsJson(invocation)) {
    const list = (function* () {
      for (const message of theCase.messages(filter)) yield messageJson(message);
    })();
    return printDocument(environment, 'mia.messages/2', [['messages', { list }]]);
  }
  let rows = 0;
  const messages = (function* () {
    for (const message of theCase.messages(filter)) {
      rows += 1;
      yield message;
    }
  })();
  await printTable(environment, columns(filter), messages);
  if (rows === 0) note(environment, 'No message matches.');
};

export const messages: Command = {
  name: 'messages',
  summary: 'lists the messages that were accessed',
  argumentsLine: '',
  details:
    'Lists what the contexts accessed that match all filters (several values of one flag are\n' +
    'alternatives); classes are those of the whole case:\n' +
    'confirmed (in a malicious context), presumed (in a synced folder, or a mailbox presumed whole),\n' +
    'open (in an undecided context), benignOnly.',
  flags: [...SESSION_FILTERS, 'class', 'ids', 'json'],
  examples: ['mia messages --class confirmed --ids', 'mia messages --session KEY --json'],
  run: (invocation) => {
    const filter = caseFilter(invocation.flags);
    if (invocation.flags.switches.ids === true && wantsJson(invocation))
      throw new UsageError('--ids and --json are two different outputs.', 'Leave one of them out.');
    return withCase(invocation, async (theCase) => {
      await printMessages(invocation, theCase, filterInCase(theCase, filter));
      return 0;
    });
  },
};

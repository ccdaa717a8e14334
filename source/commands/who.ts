import { askedByIds, askedByWords } from '../case/asked-messages.ts';
import type { Case } from '../case/case.ts';
import {
  type AskedMessage,
  NOT_IN_LOG,
  type PresumedMailbox,
  presumedMailboxes,
  type TouchedMessage,
} from '../domain/exposure/asked-message.ts';
import { classInWords, GAP_KIND_WORDS } from '../domain/exposure/exposure-words.ts';
import type { SessionTouch } from '../domain/exposure/message.ts';
import { normaliseMessageId } from '../domain/records/stated.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { askedJson, presumedJson } from '../exports/documents/who.ts';
import { withCase } from './case-choice.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';
import { linesFrom } from './typed-ids.ts';
import { UsageError } from './usage-error.ts';
import { wrappedLines } from './wrapped-lines.ts';

const mailboxName = ({ owner, guid }: Pick<PresumedMailbox, 'owner' | 'guid'>): string =>
  forTerminal(owner ?? guid ?? '(mailbox not stated)');

/** What the intruder did stands before what anybody else did. */
const RANK = ['malicious', 'mixed', null, 'benign'];

const sessionLine = (touch: SessionTouch): string => {
  const { key, verdict, first, last, actors, addresses, clients } = touch;
  const when = first === last ? first : `${first} to ${last}`;
  const who = [...actors, ...addresses, ...clients].map(forTerminal).join(', ');
  return `    ${(verdict ?? 'open').padEnd(9)}  ${key}  ${when}  ${who}`;
};

const touchedLines = ({ message, touches }: TouchedMessage): readonly string[] => {
  const { mailbox, intruder, trace, internetMessageId } = message;
  const inOrder = touches.toSorted(
    (one, other) => RANK.indexOf(one.verdict) - RANK.indexOf(other.verdict),
  );
  const title = [trace?.subject, trace?.sender].filter((part) => part != null);
  return [
    `  in ${mailboxName(mailbox)}: ${classInWords(message)}`,
    ...(title.length === 0 ? [] : [`    ${title.map(forTerminal).join(', from ')}`]),
    `    ${forTerminal(internetMessageId ?? `(no message id) ${message.itemId ?? ''}`)}`,
    intruder === null
      ? '    by malicious contexts: no access recorded'
      : `    by malicious contexts: ${counted(intruder.accesses, 'access', 'accesses')}, ${intruder.first} to ${intruder.last}`,
    `    by anyone: ${counted(message.accesses, 'access', 'accesses')}, ${message.firstAccess} to ${message.lastAccess}`,
    ...inOrder.map(sessionLine),
  ];
};

const askedLines = ({
  asked,
  otherSpelling,
  messages,
  notInLog,
}: AskedMessage): readonly string[] => [
  `${forTerminal(asked)}${otherSpelling ? '  (in the log under another spelling)' : ''}`,
  ...messages.flatMap(touchedLines),
  ...notInLog.map(({ internetMessageId, trace }) => {
    const about =
      trace === null ? '' : `, known from metadata: ${forTerminal(trace.subject ?? '')}`;
    const id = internetMessageId === asked ? '' : `${forTerminal(internetMessageId)}: `;
    return `  ${id}not in the log${about}`;
  }),
  ...(messages.length + notInLog.length === 0 ? ['  nothing in the case has these words'] : []),
];

const presumedLines = (mailbox: PresumedMailbox): readonly string[] => {
  const { presumedWhole, syncedFolders, gaps } = mailbox;
  return [
    `  ${mailboxName(mailbox)}: ${presumedWhole.length === 0 ? 'folders synchronised' : 'all mail presumed'}`,
    ...(syncedFolders.length === 0
      ? []
      : [`    synchronised: ${syncedFolders.map(forTerminal).join(', ')}`]),
    ...gaps.map(({ from, to, kind }) => `    gap: ${from} to ${to}, ${GAP_KIND_WORDS[kind]}`),
  ];
};

const closingLines = (presumed: readonly PresumedMailbox[]): readonly string[] => [
  ...wrappedLines(`Remember ${NOT_IN_LOG}.`, 78),
  ...(presumed.length === 0
    ? ['No mailbox of the case is presumed exposed beyond what is listed.']
    : ['What no record lists may have been handed over in:', ...presumed.flatMap(presumedLines)]),
];

const report = async (
  invocation: Invocation,
  theCase: Case,
  lines: readonly string[],
): Promise<ExitCode> => {
  const { environment, flags } = invocation;
  const none = lines.filter((line) => line.trim() !== '' && normaliseMessageId(line) === null);
  if (none.length > 0) note(environment, `${counted(none.length, 'line')} without an id or words.`);
  const ask = flags.switches.words === true ? askedByWords : askedByIds;
  const presumed = presumedMailboxes(theCase.summary().mailboxes);
  const asked = ask(theCase.store, lines);
  if (wantsJson(invocation)) {
    const list = (function* () {
      for (const one of asked) yield askedJson(one);
    })();
    await printDocument(environment, 'mia.who/1', [
      ['asked', { list }],
      ['presumed', { list: presumed.map(presumedJson) }],
      ['statement', { value: NOT_IN_LOG }],
    ]);
    return 0;
  }
  for (const one of asked) await printLines(environment, askedLines(one));
  await printLines(environment, closingLines(presumed));
  return 0;
};

const readLines = async (invocation: Invocation): Promise<readonly string[]> => {
  const [path, ...others] = invocation.input;
  if (path === undefined || others.length > 0)
    throw new UsageError(
      path === undefined ? 'A FILE of message ids is needed.' : 'More than one FILE was given.',
      'Write mia who FILE, or - for standard input: one id a line, with --words some words.',
    );
  const lines: string[] = [];
  for await (const line of linesFrom(invocation.environment, path)) lines.push(line);
  return lines;
};

export const who: Command = {
  name: 'who',
  summary: 'shows who accessed these messages: sessions, verdicts, times',
  argumentsLine: 'FILE',
  details:
    'FILE (- is standard input) has one message id a line, with or without <>, in any case, or\n' +
    'percent-encoded; with --words the words of a subject, a sender, a recipient or a folder, all of which\n' +
    'have to be there. Of each message: its class, what malicious contexts did apart from what anyone did,\n' +
    'and every session. What no record lists is said to be not in the log, which proves nothing, and\n' +
    'where more was handed over than is listed.',
  flags: ['words', 'json'],
  examples: ['mia who sensitive.txt', 'echo merger fabrikam | mia who - --words --json'],
  run: async (invocation) => {
    const lines = await readLines(invocation);
    return withCase(invocation, (theCase) => report(invocation, theCase, lines));
  },
};

import { type Scope, scopeSentence } from '../domain/exposure/scope.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import {
  beyondSentence,
  byRuleWords,
  contestedWords,
  figuresWords,
  GAP_KIND_WORDS,
  gapMeaning,
  headlineWords,
  NEAR_LIMIT_WORDS,
  outsideWords,
  unresolvedShort,
} from '../domain/exposure/exposure-words.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { ClassCounts } from '../domain/exposure/exposure-class.ts';
import { missingItemsWords, withoutIdToo } from '../domain/count-words.ts';
import type { Gap, MailboxExposure, Summary } from '../domain/exposure/exposure.ts';
import { fetchJson } from '../exports/documents/fetch.ts';
import { pastLookupJson } from '../exports/documents/lookup.ts';
import { scopeJson, STATEMENT, summaryJson } from '../exports/documents/summary.ts';
import type { Case } from '../case/case.ts';
import type { Overview } from '../case/overview.ts';
import { withCase } from './case-choice.ts';
import { caseFilter } from './case-filter.ts';
import type { Command, Invocation } from './command.ts';
import { checkMailboxes } from './mailbox-choice.ts';
import { statementLines } from '../domain/fetches/fetch-words.ts';
import { pastLookupLines } from '../domain/lookups/lookup-words.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import { counted, printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { wrappedLines } from './wrapped-lines.ts';

const row = (label: string, text: string): string => `  ${label.padEnd(24)}${text}`;

const gapLine = (gap: Gap): string =>
  row('  gap', `${gap.from} to ${gap.to}, ${GAP_KIND_WORDS[gap.kind]}; ${gapMeaning(gap)}`);

/** Of each class the messages, and the items without an id beside them. */
const classWords = (messages: ClassCounts, unidentified: ClassCounts): string =>
  [
    `${withoutIdToo(messages.confirmed, unidentified.confirmed)} confirmed`,
    `${withoutIdToo(messages.presumed, unidentified.presumed)} presumed`,
    `${withoutIdToo(messages.open, unidentified.open)} open`,
    `${withoutIdToo(messages.benignOnly, unidentified.benignOnly)} benign only`,
  ].join(', ');

const whole = ({ presumedWhole }: MailboxExposure): string =>
  presumedWhole
    .map((why) => (why === 'sync' ? 'a folder was synced' : 'the log has a gap'))
    .join(', and ');

/** By the owner; with the guid where another mailbox, made anew for one, has the same owner. */
const mailboxTitle = (mailbox: MailboxExposure, all: readonly MailboxExposure[]): string => {
  const { owner, guid } = mailbox;
  const name = forTerminal(owner ?? guid ?? '(mailbox not stated)');
  const isAlone = all.filter((other) => other.owner === owner).length === 1;
  return owner === null || isAlone ? name : `${name} (${forTerminal(guid ?? 'guid not stated')})`;
};

/** A row for a text that there is; none for null. */
const rowIfAny = (label: string, text: string | null): readonly string[] =>
  text === null ? [] : [row(label, text)];

const mailboxLines = (
  mailbox: MailboxExposure,
  all: readonly MailboxExposure[],
): readonly string[] => {
  const { presumedWhole, syncedFolders, benignSyncedFolders, receivedAfterLastAttributed } =
    mailbox;
  const ifAny = (number: number, text: string): string | null => (number > 0 ? text : null);
  return [
    `  ${mailboxTitle(mailbox, all)}`,
    row('  messages', classWords(mailbox, mailbox.unidentified)),
    ...rowIfAny('  presumed whole', ifAny(presumedWhole.length, `yes: ${whole(mailbox)}`)),
    ...rowIfAny(
      '  synced folders',
      ifAny(syncedFolders.length, syncedFolders.map(forTerminal).join(', ')),
    ),
    ...rowIfAny(
      '  presumption',
      mailbox.syncRebutted ? 'copied whole: rebutted; its folders are not' : null,
    ),
    ...rowIfAny(
      '  on other devices',
      ifAny(
        benignSyncedFolders,
        `${counted(benignSyncedFolders, 'folder')} synced in benign contexts`,
      ),
    ),
    ...rowIfAny(
      '  of those presumed',
      receivedAfterLastAttributed === null
        ? null
        : `${receivedAfterLastAttributed} received after the last access attributed so far (not subtracted)`,
    ),
    ...mailbox.gaps.map(gapLine),
    ...rowIfAny(
      '  possible bulk copy',
      mailbox.possibleBulkCopy ? 'many single messages in a short time' : null,
    ),
    ...rowIfAny('  near the limit', mailbox.nearLimit ? NEAR_LIMIT_WORDS : null),
  ];
};

/** What is said first and together, wrapped. */
const figureLines = (summary: Summary): readonly string[] =>
  [
    headlineWords(summary.headline),
    figuresWords(summary),
    beyondSentence(summary.beyond),
    outsideWords(summary),
    byRuleWords(summary),
    contestedWords(summary),
  ]
    .filter((sentence) => sentence !== null)
    .flatMap((sentence) =>
      wrappedLines(sentence, 76).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`),
    );

const countLines = (summary: Summary): readonly string[] => {
  const { sessions, messages, unidentified, correspondents, trace } = summary;
  const without = Object.entries(trace.unresolved).map(
    ([why, many]) => `${many} ${forTerminal(unresolvedShort(why))}`,
  );
  return [
    row(
      'sessions',
      `${sessions.malicious} malicious, ${sessions.benign} benign, ${sessions.mixed} mixed, ${sessions.undecided} open`,
    ),
    row('messages', classWords(messages, unidentified)),
    row('items missing', missingItemsWords(summary) ?? 'none in malicious contexts'),
    row(
      'correspondents',
      `${counted(correspondents.senders, 'sender')}, ${counted(correspondents.recipients, 'recipient')}, ${correspondents.outside} outside`,
    ),
    row('metadata', [`${trace.resolved} found`, ...without].join(', ')),
  ];
};

/** The exposure for people: what `mia summary` and `mia demo` print. */
const summaryLines = (
  { title, summary, window, span, rows, traceRows, signInRows }: Overview,
  fetches: readonly FetchStatement[],
  lookups: readonly PastLookup[],
  scope: Scope | null,
): readonly string[] => [
  forTerminal(title),
  ...(scope === null ? [] : wrappedLines(forTerminal(scopeSentence(scope)), 78)),
  ...figureLines(summary),
  row(
    'access window',
    window === null ? 'not set' : `${window.from ?? '(open)'} to ${window.to ?? '(open)'}`,
  ),
  row('records from', span === null ? 'none yet' : `${span.from} to ${span.to}`),
  row(
    'audit rows',
    `${rows.accepted} accepted, ${rows.duplicates} duplicates, ${rows.conflicts} conflicting, ${rows.sideEvents} side events, ${rows.otherOperations} other operations, ${rows.damaged} damaged`,
  ),
  ...(traceRows.rows === 0
    ? []
    : [
        row(
          'trace rows',
          `${traceRows.accepted} of ${traceRows.rows} accepted, ${traceRows.damaged} damaged`,
        ),
      ]),
  ...(signInRows.rows === 0
    ? []
    : [
        row(
          'sign-in rows',
          `${signInRows.accepted} of ${signInRows.rows} accepted, ${signInRows.conflicts} conflicting, ${signInRows.damaged} damaged`,
        ),
      ]),
  ...countLines(summary),
  ...(summary.mailboxes.length > 0 ? ['', 'Mailboxes'] : []),
  ...summary.mailboxes.flatMap((mailbox) => mailboxLines(mailbox, summary.mailboxes)),
  ...(fetches.length > 0 ? ['', 'Fetched from the tenant'] : []),
  ...fetches.flatMap((one) => statementLines(one)),
  ...(lookups.length > 0 ? ['', 'Looked up in the tenant'] : []),
  ...lookups.flatMap(pastLookupLines),
  '',
  ...wrappedLines(STATEMENT, 78),
];

/** `mailboxes`: names of those that it is limited to. */
export const printSummary = async (
  invocation: Invocation,
  theCase: Case,
  mailboxes?: readonly string[],
): Promise<void> => {
  const { environment } = invocation;
  const scope = mailboxes === undefined ? null : theCase.scope(mailboxes);
  if (!wantsJson(invocation))
    return printLines(
      environment,
      summaryLines(theCase.overview(mailboxes), theCase.fetches(), theCase.lookups(), scope),
    );
  const document = {
    scope: scopeJson(scope),
    ...summaryJson(theCase.summary(mailboxes)),
    statement: STATEMENT,
    fetches: theCase.fetches().map(fetchJson),
    lookUps: theCase.lookups().map(pastLookupJson),
  };
  return printDocument(environment, 'mia.summary/2', valueMembers(document));
};

export const summary: Command = {
  name: 'summary',
  summary: 'prints the exposure so far',
  argumentsLine: '',
  details:
    'With --mailbox: of these mailboxes alone, which it says. Classes are those of the whole case.',
  flags: ['mailbox', 'json'],
  examples: ['mia summary', 'mia summary --mailbox g.jacobs@contoso.example --json'],
  run: (invocation) => {
    const { mailboxes } = caseFilter(invocation.flags);
    return withCase(invocation, async (theCase) => {
      checkMailboxes(theCase, mailboxes ?? []);
      await printSummary(invocation, theCase, mailboxes);
      return 0;
    });
  },
};

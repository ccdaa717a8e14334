import { counted, missingItemsWords } from '../../../domain/count-words.ts';
import { notBenign } from '../../../domain/exposure/exposure-class.ts';
import type { MailboxExposure, Summary } from '../../../domain/exposure/exposure.ts';
import {
  beyondWords,
  byRuleWords,
  contestedWords,
  figuresWords,
  headlineWords,
  outsideWords,
} from '../../../domain/exposure/exposure-words.ts';
import { scopeSentence } from '../../../domain/exposure/scope.ts';
import { STATEMENT } from '../../documents/summary.ts';
import type { ReportInput } from '../report-input.ts';
import {
  type Block,
  type Chapter,
  type Figure,
  heading,
  list,
  type ListItem,
  paragraph,
  warning,
} from '../report.ts';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const mailboxes = (count: number): string => counted(count, 'mailbox', 'mailboxes');

const inMessages = (messages: number, withoutId: number): string =>
  withoutId === 0
    ? counted(messages, 'message')
    : `${counted(messages, 'message')} and ${counted(withoutId, 'item')} without a message id`;

const wholeBy = ({ mailboxes: all }: Summary, by: 'sync' | 'gap'): number =>
  all.filter(({ presumedWhole }) => presumedWhole.includes(by)).length;

const syncing = ({ mailboxes: all }: Summary): readonly MailboxExposure[] =>
  all.filter(({ syncedFolders }) => syncedFolders.length > 0);

const foldersOf = (all: readonly MailboxExposure[]): number =>
  all.reduce((sum, { syncedFolders }) => sum + syncedFolders.length, 0);

const presumedWhere = (condition: string): string =>
  `mia messages --class presumed --json | jq '[.messages[] | select(.presumedBy | ${condition})] | length'`;

const listedFigure = ({ exported: { summary }, command }: ReportInput): Figure => ({
  block: 'figure',
  strength: 1,
  name: 'Listed as accessed',
  value: inMessages(summary.messages.confirmed, summary.unidentified.confirmed),
  meaning:
    'Confirmed: records of contexts judged malicious name them. How often and when is in the chapter Messages.',
  again: [command("mia summary --json | jq '.messages.confirmed, .unidentified.confirmed'")],
});

const folderFigure = ({ exported: { summary }, mail, command }: ReportInput): Figure => {
  const { messages, withoutId } = mail.inSyncedFolders;
  const all = syncing(summary);
  return {
    block: 'figure',
    strength: 2,
    name: 'Folder synchronised; which items is not recorded',
    value:
      all.length === 0
        ? 'no folder'
        : `${counted(foldersOf(all), 'folder')} in ${mailboxes(all.length)}`,
    meaning:
      all.length === 0
        ? 'No context judged malicious synchronised a folder, as far as the records say.'
        : `Presumed by folder: a client of the intruder was handed the folders. All that lay in them is treated as exposed. Other records name ${inMessages(messages, withoutId)} in them that are not confirmed; what else lay there the log does not say.`,
    again: [
      command("mia summary --json | jq '[.mailboxes[].syncedFolders | length] | add'"),
      command(presumedWhere('index("folder")')),
    ],
  };
};

const notExcludedFigure = ({ exported: { summary }, mail, command }: ReportInput): Figure => {
  const { unidentified } = summary;
  const { inSyncedFolders: folder } = mail;
  const messages = summary.namedNotBenign - summary.messages.confirmed - folder.messages;
  const withoutId = notBenign(unidentified) - unidentified.confirmed - folder.withoutId;
  const whole = summary.mailboxes.filter(({ presumedWhole }) => presumedWhole.length > 0).length;
  return {
    block: 'figure',
    strength: 3,
    name: 'Cannot be excluded',
    value: `${inMessages(messages, withoutId)}, and what no record names`,
    meaning:
      `Of those named, ${inMessages(mail.inMailboxes.messages, mail.inMailboxes.withoutId)} lie in a mailbox of which all mail is presumed, ` +
      `and ${inMessages(summary.messages.open, unidentified.open)} are open: in contexts nobody has judged, or in doubt. ` +
      `${whole === 0 ? 'No mailbox is' : `${mailboxes(whole)} ${whole === 1 ? 'is' : 'are'}`} presumed whole, with mail that no record names. ${summary.contested === 0 ? '' : `${contestedWords(summary)}. `}` +
      'The log cannot state a maximum.',
    again: [
      command(presumedWhere('index("folder") | not')),
      command("mia summary --json | jq '.messages.open, .unidentified.open'"),
    ],
  };
};

const presumedItems = ({ exported: { summary }, command }: ReportInput): readonly ListItem[] => {
  const [synced, sync, gap] = [syncing(summary), wholeBy(summary, 'sync'), wholeBy(summary, 'gap')];
  const rebutted = summary.mailboxes.filter(({ syncRebutted }) => syncRebutted).length;
  const items: readonly (readonly [number, string, string])[] = [
    [
      synced.length,
      `All that lay in ${counted(foldersOf(synced), 'folder')}: they were synchronised in contexts judged malicious, and such a record does not name the items.`,
      'mia export --format csv --sheet folders',
    ],
    [
      sync,
      `All mail of ${mailboxes(sync)}: a client that synchronises a folder usually takes the others too.`,
      'mia export --format csv --sheet mailboxes',
    ],
    [
      gap,
      `All mail of ${mailboxes(gap)}: the log is missing for a time in which the intruder had access, or may have had.`,
      'mia export --format csv --sheet gaps',
    ],
    [
      rebutted,
      `Not of ${mailboxes(rebutted)} as a whole, though a folder was synchronised: a decision with its reason says so (chapter Decisions). The folders stay presumed.`,
      'mia export --format csv --sheet decisions',
    ],
  ];
  return items.flatMap(([count, text, asked]) =>
    count === 0 ? [] : [{ text, again: command(asked) }],
  );
};

const doubts = ({ exported: { summary, fetches } }: ReportInput): readonly string[] => {
  const on = summary.mailboxes.reduce((sum, one) => sum + one.benignSyncedFolders, 0);
  const near = summary.mailboxes.filter(({ nearLimit }) => nearLimit).length;
  const bulk = summary.mailboxes.filter(({ possibleBulkCopy }) => possibleBulkCopy).length;
  const unfinished = fetches.filter(({ outcome }) => outcome === 'unfinished').length;
  const { messages, mailboxes: open } = summary.headline.notJudged;
  return [
    messages === 0
      ? null
      : `not yet judged: ${counted(messages, 'message')} in ${mailboxes(open)}, ${counted(summary.sessions.undecided, 'session')}`,
    ...summary.beyond.map(beyondWords),
    missingItemsWords(summary),
    outsideWords(summary),
    byRuleWords(summary),
    on === 0
      ? null
      : `${counted(on, 'folder')} synchronised in benign contexts, to devices that nobody vouched for`,
    bulk === 0
      ? null
      : `${mailboxes(bulk)} with so many single accesses within an hour that they may be a bulk copy`,
    near === 0
      ? null
      : `${mailboxes(near)} with 800 or more records in 24 h, close to the limit at which logging stops`,
    unfinished === 0 ? null : `${counted(unfinished, 'fetch', 'fetches')} not finished`,
  ].filter((one) => one !== null);
};

const warnings = function* ({ exported }: ReportInput): Generator<Block> {
  const { scope, summary, sources } = exported;
  if (scope !== null) yield warning(scopeSentence(scope));
  if (!sources.some(({ kind, withdrawn }) => kind === 'audit' && withdrawn === null))
    yield warning('The case holds no audit log. This report says nothing of any access.');
  if (summary.sessions.malicious + summary.sessions.mixed === 0)
    yield warning(
      'No session is judged malicious yet, so no message is confirmed. That is no finding that nothing was accessed.',
    );
};

const blocks = function* (input: ReportInput): Generator<Block> {
  const { summary } = input.exported;
  yield* warnings(input);
  yield { block: 'paragraph', tone: 'lead', text: sentence(headlineWords(summary.headline)) };
  yield listedFigure(input);
  yield folderFigure(input);
  yield notExcludedFigure(input);
  yield paragraph(sentence(figuresWords(summary)));
  yield heading('What is presumed, and why');
  const presumed = presumedItems(input);
  yield presumed.length === 0 ? paragraph('Nothing is presumed so far.') : list(presumed);
  yield heading('What nobody can vouch for');
  const doubtful = doubts(input).map((text) => sentence(text));
  yield doubtful.length === 0
    ? paragraph('Nothing more is known of. That does not show that nothing is missing.')
    : list(doubtful);
  yield paragraph(STATEMENT);
  yield { block: 'again', commands: [input.command('mia summary --json')] };
};

/** The first page: what was accessed, how sure, what is presumed and why, what nobody can vouch for. */
export const answerChapter = (input: ReportInput): Chapter => ({
  id: 'answer',
  title: 'What was accessed, and how sure that is',
  blocks: () => blocks(input),
});

import { counted, withoutIdToo } from '../../../domain/count-words.ts';
import { EXPOSURE_CLASSES, type ExposureClass } from '../../../domain/exposure/exposure-class.ts';
import type { MailboxExposure } from '../../../domain/exposure/exposure.ts';
import {
  GAP_KIND_WORDS,
  gapMeaning,
  NEAR_LIMIT_WORDS,
} from '../../../domain/exposure/exposure-words.ts';
import { firstOf, mailboxText, spanText } from '../cell-text.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Cell, type Chapter, heading, paragraph } from '../report.ts';

/** Mailboxes that get a section of their own. */
const MOST_SECTIONS = 100;
const MOST_FOLDERS = 200;

const WHOLE_BY = {
  sync: 'a folder of it was synchronised',
  gap: 'its log has a gap that matters',
} as const;

const mailOf = ({ unidentified, ...mailbox }: MailboxExposure, name: ExposureClass): string =>
  withoutIdToo(mailbox[name], unidentified[name]);

const row = (mailbox: MailboxExposure): readonly Cell[] => [
  mailboxText(mailbox),
  ...EXPOSURE_CLASSES.map((name) => mailOf(mailbox, name)),
  mailbox.syncedFolders.length,
  mailbox.presumedWhole.length === 0
    ? 'no'
    : mailbox.presumedWhole.map((by) => `yes: ${WHOLE_BY[by]}`),
  mailbox.gaps.filter(({ matters, rebutted }) => matters && !rebutted).length,
];

const isTouched = (mailbox: MailboxExposure): boolean =>
  mailbox.lastAttributed !== null || mailbox.presumedWhole.length > 0 || mailbox.confirmed > 0;

const terms = (mailbox: MailboxExposure): readonly (readonly [string, Cell])[] => {
  const { firstAttributed, lastAttributed, syncedFolders, presumedWhole, gaps } = mailbox;
  const { syncRebutted, receivedAfterLastAttributed, possibleBulkCopy } = mailbox;
  const { nearLimit, benignSyncedFolders } = mailbox;
  const all: readonly (readonly [string, Cell, boolean])[] = [
    ['Mailbox id', mailbox.guid, mailbox.guid !== null],
    [
      'Records of malicious contexts',
      firstAttributed === null || lastAttributed === null
        ? 'none'
        : spanText(firstAttributed, lastAttributed),
      true,
    ],
    ['Confirmed', mailOf(mailbox, 'confirmed'), true],
    ['Presumed', mailOf(mailbox, 'presumed'), true],
    ['Open', mailOf(mailbox, 'open'), true],
    ['Folders synchronised', firstOf(syncedFolders, MOST_FOLDERS), syncedFolders.length > 0],
    ['Presumed whole', presumedWhole.map((by) => `yes: ${WHOLE_BY[by]}`), presumedWhole.length > 0],
    ['Copied whole', 'rebutted by a decision; its folders stay presumed', syncRebutted],
    [
      'Gaps of its log',
      firstOf(
        gaps.map(
          (gap) => `${spanText(gap.from, gap.to)}: ${GAP_KIND_WORDS[gap.kind]}; ${gapMeaning(gap)}`,
        ),
        20,
      ),
      gaps.length > 0,
    ],
    [
      'Received after the last access attributed so far',
      `${counted(receivedAfterLastAttributed ?? 0, 'presumed message')}, counted apart and not subtracted`,
      receivedAfterLastAttributed !== null,
    ],
    ['Possible bulk copy', 'many single accesses within an hour', possibleBulkCopy],
    ['Close to the limit', NEAR_LIMIT_WORDS, nearLimit],
    [
      'Folders on other devices',
      `${counted(benignSyncedFolders, 'folder')} synchronised in benign contexts`,
      benignSyncedFolders > 0,
    ],
  ];
  return all.flatMap(([name, value, isSaid]) => (isSaid ? [[name, value] as const] : []));
};

const blocks = function* ({ exported, command }: ReportInput): Generator<Block> {
  const { mailboxes } = exported.summary;
  yield tableOf(
    `${counted(mailboxes.length, 'mailbox', 'mailboxes')}`,
    [
      { name: 'Mailbox' },
      { name: 'Confirmed', as: 'number' },
      { name: 'Presumed', as: 'number' },
      { name: 'Open', as: 'number' },
      { name: 'Benign only', as: 'number' },
      { name: 'Folders synchronised', as: 'number' },
      { name: 'Presumed whole' },
      { name: 'Gaps that matter', as: 'number' },
    ],
    rowsOf(mailboxes, row),
    {
      all: command('mia export --format csv --sheet mailboxes'),
      empty: 'The case holds no mailbox.',
    },
  );
  const touched = mailboxes.filter(isTouched);
  for (const mailbox of touched.slice(0, MOST_SECTIONS)) {
    yield heading(mailboxText(mailbox));
    yield { block: 'terms', terms: terms(mailbox) };
    yield again(command('mia summary --json', mailbox));
  }
  const more = touched.length - MOST_SECTIONS;
  if (more > 0)
    yield paragraph(
      `${counted(more, 'mailbox', 'mailboxes')} more with malicious activity or a presumption have no section here; the table above lists them.`,
    );
};

/** Each mailbox, and what is presumed of it and why. */
export const mailboxesChapter = (input: ReportInput): Chapter => ({
  id: 'mailboxes',
  title: 'Mailboxes',
  blocks: () => blocks(input),
});

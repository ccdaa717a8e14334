import { withoutIdToo } from '../../../domain/count-words.ts';
import { cutText } from '../cell-text.ts';
import { CONFIRMED_COLUMNS, PRESUMED_COLUMNS } from '../exposed-mail.ts';
import { rowsOf, tableOf } from '../listed-rows.ts';
import type { ReportInput } from '../report-input.ts';
import { again, type Block, type Chapter, paragraph } from '../report.ts';

const FOLDER_COLUMNS = [
  { name: 'Mailbox' },
  { name: 'Folder' },
  { name: 'Confirmed', as: 'number' },
  { name: 'Presumed', as: 'number' },
] as const;

const blocks = function* ({ exported: { summary }, mail, command }: ReportInput): Generator<Block> {
  const all = command('mia export --format csv --sheet messages');
  yield paragraph(
    'Each message is listed once, by its strongest class. Subject, sender and recipients are from a message trace or the like, as far as one has the message. One that was seen in several folders counts in each.',
  );
  yield tableOf(
    'By folder',
    FOLDER_COLUMNS,
    rowsOf(mail.folders, ({ mailbox, folder, confirmed, presumed }) => [
      mailbox,
      cutText(folder),
      confirmed,
      presumed,
    ]),
    { all, empty: 'No message is confirmed or presumed.' },
  );
  yield tableOf('Confirmed: listed as accessed', CONFIRMED_COLUMNS, mail.confirmed, {
    all,
    empty: 'No message is confirmed.',
  });
  yield tableOf(
    'Presumed: its folder was synchronised; which items is not recorded',
    PRESUMED_COLUMNS,
    mail.byFolder,
    { all, empty: 'No message is presumed by its folder.' },
  );
  yield tableOf(
    'Cannot be excluded: its mailbox is presumed whole',
    PRESUMED_COLUMNS,
    mail.byMailbox,
    { all, empty: 'No message is presumed by its mailbox alone.' },
  );
  const { messages, unidentified } = summary;
  yield paragraph(
    `Not listed here: ${withoutIdToo(messages.open, unidentified.open)} open messages, which cannot be excluded either, ` +
      `and ${withoutIdToo(messages.benignOnly, unidentified.benignOnly)} in benign contexts only.`,
  );
  yield again(all, command('mia messages --class open --json'));
};

/** The exposed messages, the confirmed ones first. */
export const messagesChapter = (input: ReportInput): Chapter => ({
  id: 'messages',
  title: 'Messages',
  blocks: () => blocks(input),
});

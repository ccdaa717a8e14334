import type { Gap, MailboxExposure } from '../../domain/exposure/exposure.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface GapRow {
  readonly mailbox: MailboxExposure;
  readonly gap: Gap;
}

const COLUMNS: readonly SheetColumn<GapRow>[] = [
  { name: 'mailboxOwner', cell: ({ mailbox }) => mailbox.owner },
  { name: 'from', cell: ({ gap }) => gap.from },
  { name: 'to', cell: ({ gap }) => gap.to },
  { name: 'kind', cell: ({ gap }) => gap.kind },
  { name: 'matters', cell: ({ gap }) => gap.matters },
  { name: 'rebutted', cell: ({ gap }) => gap.rebutted },
  { name: 'mailboxGuid', cell: ({ mailbox }) => mailbox.guid },
];

const rows = function* ({ summary }: ExportedCase): Generator<GapRow> {
  for (const mailbox of summary.mailboxes) for (const gap of mailbox.gaps) yield { mailbox, gap };
};

/** Periods that the log cannot vouch for, rebutted ones and those that do not matter too. */
export const gapsSheet: ExportPart = {
  name: 'gaps',
  fileName: 'gaps.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, rows(exported)),
};

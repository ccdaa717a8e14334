import type { MailboxExposure } from '../../domain/exposure/exposure.ts';
import type { ExportedCase, ExportPart } from '../exported-case.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

interface FolderRow {
  readonly mailbox: MailboxExposure;
  readonly folder: string;
}

const COLUMNS: readonly SheetColumn<FolderRow>[] = [
  { name: 'mailboxOwner', cell: ({ mailbox }) => mailbox.owner },
  { name: 'folder', cell: ({ folder }) => folder },
  { name: 'mailboxGuid', cell: ({ mailbox }) => mailbox.guid },
];

const rows = function* ({ summary }: ExportedCase): Generator<FolderRow> {
  for (const mailbox of summary.mailboxes)
    for (const folder of mailbox.syncedFolders) yield { mailbox, folder };
};

/** Folders that malicious contexts synchronised: which of their items is not recorded. */
export const foldersSheet: ExportPart = {
  name: 'folders',
  fileName: 'folders.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, rows(exported)),
};

import type { MailboxExposure } from '../../domain/exposure/exposure.ts';
import { presumesAll } from '../../domain/exposure/gaps.ts';
import type { ExportPart } from '../exported-case.ts';
import { listCell } from './cell.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const mattering = ({ gaps }: MailboxExposure): number => gaps.filter(presumesAll).length;

const COLUMNS: readonly SheetColumn<MailboxExposure>[] = [
  { name: 'mailboxOwner', cell: ({ owner }) => owner },
  { name: 'confirmed', cell: ({ confirmed }) => confirmed },
  { name: 'presumed', cell: ({ presumed }) => presumed },
  { name: 'open', cell: ({ open }) => open },
  { name: 'benignOnly', cell: ({ benignOnly }) => benignOnly },
  { name: 'presumedWhole', cell: ({ presumedWhole }) => presumedWhole.length > 0 },
  { name: 'presumedWholeBy', cell: ({ presumedWhole }) => listCell(presumedWhole) },
  { name: 'syncRebutted', cell: ({ syncRebutted }) => syncRebutted },
  { name: 'syncedFolders', cell: ({ syncedFolders }) => syncedFolders.length },
  { name: 'benignSyncedFolders', cell: ({ benignSyncedFolders }) => benignSyncedFolders },
  { name: 'gaps', cell: ({ gaps }) => gaps.length },
  { name: 'gapsThatMatter', cell: mattering },
  { name: 'firstAttributed', cell: ({ firstAttributed }) => firstAttributed },
  { name: 'lastAttributed', cell: ({ lastAttributed }) => lastAttributed },
  {
    name: 'receivedAfterLastAttributed',
    cell: (mailbox) => mailbox.receivedAfterLastAttributed,
  },
  { name: 'possibleBulkCopy', cell: ({ possibleBulkCopy }) => possibleBulkCopy },
  { name: 'nearLimit', cell: ({ nearLimit }) => nearLimit },
  { name: 'mailboxGuid', cell: ({ guid }) => guid },
];

/** All mailboxes of the case, with what is presumed of each and why. */
export const mailboxesSheet: ExportPart = {
  name: 'mailboxes',
  fileName: 'mailboxes.csv',
  opening: sheetOpening(COLUMNS),
  text: ({ summary }) => sheetText(COLUMNS, summary.mailboxes),
};

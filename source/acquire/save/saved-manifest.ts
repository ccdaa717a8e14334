import { type Cell, csvRecord } from '../../exports/csv/cell.ts';
import type { MissedMessage, SavedBy, SavedFile } from '../../exports/documents/saved.ts';

type SavedOf = Pick<MissedMessage, 'mailbox' | 'internetMessageId' | 'itemId'>;

export interface SavedManifest {
  readonly by: SavedBy;
  readonly files: readonly SavedFile[];
  readonly missed: readonly MissedMessage[];
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nameOf = ({ mailbox, internetMessageId, itemId }: SavedOf): string =>
  [mailbox.owner ?? '', mailbox.guid ?? '', internetMessageId ?? '', itemId ?? ''].join('\u0000');

/** In the same order whenever they were saved. */
export const inOrder = ({ by, files, missed }: SavedManifest): SavedManifest => ({
  by,
  files: [...files].sort(
    (one, other) => byCodeUnit(nameOf(one), nameOf(other)) || byCodeUnit(one.file, other.file),
  ),
  missed: [...missed].sort((one, other) => byCodeUnit(nameOf(one), nameOf(other))),
});

const OPENING = '{\n "schema": "mia.saved/1"';

/** `mia.saved/1`. */
export const manifestText = ({ by, files, missed }: SavedManifest): string =>
  `${JSON.stringify({ schema: 'mia.saved/1', ...by, files, missed }, null, 1)}\n`;

/** Whether a file is an earlier manifest, by how it begins. */
export const isManifest = (text: string): boolean => text.startsWith(OPENING);

const HEAD: readonly string[] = [
  ...['file', 'sha256', 'bytes', 'mailboxOwner', 'mailboxGuid', 'internetMessageId', 'itemId'],
  ...['restId', 'subject', 'receivedAt', 'savedAt', 'requestId', 'clientRequestId'],
  ...['missed', 'detail'],
];

const ofMessage = ({ mailbox, internetMessageId, itemId }: SavedOf): readonly Cell[] => [
  mailbox.owner,
  mailbox.guid,
  internetMessageId,
  itemId,
];

const fileCells = (one: SavedFile): readonly Cell[] => [
  ...[one.file, one.sha256, one.bytes, ...ofMessage(one)],
  ...[one.restId, one.subject, one.receivedAt, one.savedAt, one.requestId, one.clientRequestId],
  ...[null, null],
];

const missedCells = (one: MissedMessage): readonly Cell[] => [
  ...[null, null, null, ...ofMessage(one)],
  ...[null, null, null, one.at, null, null],
  ...[one.reason, one.detail],
];

/** The same for a spreadsheet, defused; with a byte order mark, without which Excel garbles accents. */
export const manifestSheet = ({ files, missed }: SavedManifest): string =>
  `\ufeff${[HEAD, ...files.map(fileCells), ...missed.map(missedCells)].map(csvRecord).join('')}`;

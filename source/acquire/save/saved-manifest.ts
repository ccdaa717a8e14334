import type { Mailbox } from '../../domain/sessions/session.ts';
import { type Cell, csvRecord } from '../../exports/csv/cell.ts';

/** Which message of the case. */
interface SavedOf {
  readonly mailbox: Mailbox;
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
}

/** One copy of a message, as it was saved. */
export interface SavedFile extends SavedOf {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly restId: string;
  readonly subject: string | null;
  readonly receivedAt: string | null;
  /** UTC, ISO. */
  readonly savedAt: string;
  /** The tenant's id of the request that gave it, and ours. */
  readonly requestId: string | null;
  readonly clientRequestId: string | null;
}

export type MissReason =
  /** In no folder that can be reached, nor among the recoverable items. Never "deleted". */
  | 'notFound'
  /** The mailbox does not open to this sign-in, or is no longer there. */
  | 'mailboxClosed'
  | 'failed';

/** A message that was asked for and of which there is no file. */
export interface MissedMessage extends SavedOf {
  readonly reason: MissReason;
  readonly detail: string | null;
  readonly at: string;
}

/** Whose work the files are. */
export interface SavedBy {
  readonly generatedAt: string;
  readonly toolVersion: string;
  readonly case: string;
  readonly analyst: string;
  /** Of the latest run that signed in; null: none did. */
  readonly tenantId: string | null;
  readonly account: string | null;
  readonly clientId: string | null;
}

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

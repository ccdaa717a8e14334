import type { AccessingSession, Message } from '../../domain/exposure/message.ts';
import type { ExportPart } from '../exported-case.ts';
import { listCell } from './cell.ts';
import { type SheetColumn, sheetOpening, sheetText } from './sheet.ts';

const sessionText = ({ key, verdict }: AccessingSession): string => `${key} ${verdict ?? 'open'}`;

const COLUMNS: readonly SheetColumn<Message>[] = [
  { name: 'mailboxOwner', cell: ({ mailbox }) => mailbox.owner },
  { name: 'class', cell: (message) => message.class },
  { name: 'presumedBy', cell: (message) => listCell(message.presumedBy) },
  { name: 'intruderFirst', cell: ({ intruder }) => intruder?.first ?? null },
  { name: 'intruderLast', cell: ({ intruder }) => intruder?.last ?? null },
  { name: 'intruderAccesses', cell: ({ intruder }) => intruder?.accesses ?? null },
  { name: 'firstAccess', cell: ({ firstAccess }) => firstAccess },
  { name: 'lastAccess', cell: ({ lastAccess }) => lastAccess },
  { name: 'accesses', cell: ({ accesses }) => accesses },
  { name: 'folders', cell: ({ folders }) => listCell(folders) },
  { name: 'sender', cell: ({ trace }) => trace?.sender ?? null },
  { name: 'recipients', cell: ({ trace }) => (trace === null ? null : listCell(trace.recipients)) },
  { name: 'subject', cell: ({ trace }) => trace?.subject ?? null },
  { name: 'receivedAt', cell: ({ trace }) => trace?.receivedAt ?? null },
  { name: 'status', cell: ({ trace }) => trace?.status ?? null },
  { name: 'traceSource', cell: ({ trace }) => trace?.source ?? null },
  { name: 'traceAmbiguous', cell: ({ trace }) => trace?.ambiguous ?? null },
  { name: 'unresolved', cell: ({ unresolved }) => unresolved },
  { name: 'sizeInBytes', cell: ({ sizeInBytes, trace }) => sizeInBytes ?? trace?.size ?? null },
  { name: 'contested', cell: ({ contested }) => contested },
  { name: 'receivedAfterLastAttributed', cell: (message) => message.receivedAfterLastAttributed },
  { name: 'differs', cell: ({ differs }) => differs },
  { name: 'sessions', cell: ({ sessions }) => listCell(sessions.map(sessionText)) },
  { name: 'internetMessageId', cell: ({ internetMessageId }) => internetMessageId },
  { name: 'itemId', cell: ({ itemId }) => itemId },
  { name: 'mailboxGuid', cell: ({ mailbox }) => mailbox.guid },
];

/** The confirmed and presumed messages, one a row. */
export const messagesSheet: ExportPart = {
  name: 'messages',
  fileName: 'messages.csv',
  opening: sheetOpening(COLUMNS),
  text: (exported) => sheetText(COLUMNS, exported.messages()),
};

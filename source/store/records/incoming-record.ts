import type { AccessedItem, AuditRecord, FolderName } from '../../domain/records/audit-record.ts';
import { type ContextFields, contextFieldsOf } from './keys.ts';
import type { ContextEntry } from './names.ts';
import { factsOf, flagsOf } from './record-flags.ts';
import { toIso, toMs } from './record-time.ts';
import { ID_SOURCES } from './schema.ts';

/** A context that records of one batch share: looked up in the database at most once a batch. */
export interface IncomingContext {
  readonly fields: ContextFields;
  entry: ContextEntry | null;
}

/**
 * A folder that records of one batch share, and its number under this name (`namedFolderNumber`) in the
 * mailbox in which it was met last.
 */
export interface IncomingFolder extends FolderName {
  mailbox: number | null;
  named: number;
}

export const incomingFolder = ({ id, name }: FolderName): IncomingFolder => ({
  id,
  name,
  mailbox: null,
  named: 0,
});

/** An AuditRecord in the form that the tables take. */
export interface IncomingRecord {
  readonly id: string;
  readonly context: IncomingContext;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly flags: number;
  readonly operationCount: number | null;
  /** Index into ID_SOURCES. */
  readonly idSource: number | null;
  /** JSON of `otherSessionIds`; null where there are none. */
  readonly otherIds: string | null;
  readonly owner: string | null;
  /** null where it is the address itself. */
  readonly rawAddress: string | null;
  readonly token: string | null;
  readonly folders: readonly IncomingFolder[];
  readonly items: readonly AccessedItem[];
}

/** How the tables and packed rows have them: a text, and nearly always none. */
export const otherIdsText = ({ otherSessionIds: ids }: AuditRecord): string | null =>
  ids.length === 0 ? null : JSON.stringify(ids);

export const otherIdsOf = (text: string | null): readonly string[] =>
  text === null ? [] : (JSON.parse(text) as readonly string[]);

export const incomingOf = (record: AuditRecord): IncomingRecord => ({
  id: record.id,
  context: { fields: contextFieldsOf(record), entry: null },
  time: toMs(record.time),
  flags: flagsOf(record),
  operationCount: record.operationCount,
  idSource: record.sessionIdSource === null ? null : ID_SOURCES.indexOf(record.sessionIdSource),
  otherIds: otherIdsText(record),
  owner: record.mailboxOwner,
  rawAddress: record.rawAddress === record.address ? null : record.rawAddress,
  token: record.uniqueTokenId,
  folders: record.folders.map(incomingFolder),
  items: record.items,
});

export const auditRecordOf = (incoming: IncomingRecord): AuditRecord => ({
  ...incoming.context.fields,
  ...factsOf(incoming.flags),
  id: incoming.id,
  time: toIso(incoming.time),
  sessionIdSource: incoming.idSource === null ? null : (ID_SOURCES[incoming.idSource] ?? null),
  otherSessionIds: otherIdsOf(incoming.otherIds),
  mailboxOwner: incoming.owner,
  rawAddress: incoming.rawAddress ?? incoming.context.fields.address,
  operationCount: incoming.operationCount,
  folders: incoming.folders.map(({ id, name }) => ({ id, name })),
  items: incoming.items,
  uniqueTokenId: incoming.token,
});

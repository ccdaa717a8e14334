import type { AccessedItem, AuditRecord, FolderName } from './audit-record.ts';

/** What two readings of one record can differ in, beside actor, folders and items. */
export const SCALARS = [
  'time',
  'access',
  'sessionId',
  'mailboxGuid',
  'mailboxOwner',
  'appOnly',
  'delegate',
  'external',
  'address',
  'clientInfo',
  'appId',
  'clientAppId',
  'logonType',
  'deviceId',
  'throttled',
  'operationCount',
  'uniqueTokenId',
] as const satisfies readonly (keyof AuditRecord)[];

/** What tells the items of one record apart. */
export const itemKey = (item: AccessedItem): string =>
  item.internetMessageId ?? `\u0000${item.itemId ?? ''}`;

/** Folders by id, those without by name: the names of folders with ids vary (`domain.md` 3). */
export const folderIdentity = (folder: FolderName): string =>
  folder.id ?? `\u0000${folder.name ?? ''}`;

/** An item with the folder that it is in; null: its record names none. */
export interface PlacedItem extends AccessedItem {
  readonly in: FolderName | null;
}

export const placedItems = ({ items, folders }: AuditRecord): readonly PlacedItem[] =>
  items.map((item) => ({ ...item, in: folders[item.folder] ?? null }));

/** All that is kept of an item beside its key. */
export const itemIdentity = (item: PlacedItem): string =>
  JSON.stringify([
    ...[item.itemId, item.immutableId, item.sizeInBytes],
    item.in === null ? null : folderIdentity(item.in),
  ]);

/** A folder with its name. */
export const namedFolder = ({ id, name }: FolderName): string => JSON.stringify([id, name]);

import type {
  AccessedItem,
  AccessType,
  AuditRecord,
  FolderName,
  SessionIdSource,
} from './audit-record.ts';
import { normaliseAddress } from '../addresses/address.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import {
  statedCount,
  statedEnum,
  LOGON_TYPES,
  normaliseMessageId,
  pairValue,
  RECORD_TYPES,
  stated,
  statedLower,
  statedText,
  statedTruth,
  USER_TYPES,
  statedWhole,
} from './stated.ts';
import { normaliseSessionId } from '../sessions/session.ts';
import { upToMilliseconds, utcIso } from '../utc-time.ts';

/** What a container says beside AuditData, and whether it lost items. */
export interface ReadingHints {
  readonly id: string | null;
  readonly time: string | null;
  readonly itemsLost: boolean;
  /** In words, where there is a date and it gave no time. */
  readonly whyUndated?: string | null;
}

export type RecordReading =
  | { readonly kind: 'record'; readonly record: AuditRecord }
  | { readonly kind: 'otherOperation'; readonly operation: string }
  | {
      readonly kind: 'damaged';
      readonly reason: string;
      /** UTC ISO where it could be read: a gap is where such a row lies (`domain.md`, Exposure 1). */
      readonly time: string | null;
    };

/** One sample in the wild has a key with a trailing space ("ExternalAccess "). */
const field = (data: JsonObject, name: string): JsonValue | undefined =>
  data[name] ?? data[`${name} `];

type SessionIds = Pick<AuditRecord, 'sessionId' | 'sessionIdSource' | 'otherSessionIds'>;

/**
 * `domain.md` 5: the first that is stated decides, and where it came from is kept; others that differ
 * lead to the record too. Guids without regard to case.
 */
export const sessionIdsOf = (data: JsonObject, access: JsonObject | null): SessionIds => {
  const candidates: readonly (readonly [SessionIdSource, JsonValue | undefined])[] = [
    ['SessionId', data['SessionId']],
    ['AADSessionId', access?.['AADSessionId']],
    ['DeviceProperties', pairValue(data['DeviceProperties'], 'SessionId')],
  ];
  let sessionId: string | null = null;
  let sessionIdSource: SessionIdSource | null = null;
  let otherSessionIds: readonly string[] = [];
  for (const [source, value] of candidates) {
    const statedId = statedText(value);
    if (statedId === null) continue;
    const id = normaliseSessionId(statedId);
    if (sessionId === null) [sessionId, sessionIdSource] = [id, source];
    else if (id !== sessionId) otherSessionIds = [...new Set([...otherSessionIds, id])].sort();
  }
  return { sessionId, sessionIdSource, otherSessionIds };
};

/** `domain.md` 8; null where the record says nothing that could tell. */
const byDelegate = (data: JsonObject, logonType: number | null): boolean | null => {
  if (logonType !== null && logonType !== 0) return true;
  const user = statedLower(data['LogonUserSid']);
  const owners = [
    statedLower(data['MailboxOwnerSid']),
    statedLower(data['MailboxOwnerMasterAccountSid']),
  ];
  if (user !== null && owners.some((sid) => sid !== null)) return !owners.includes(user);
  return logonType === null ? null : false;
};

interface Accessed {
  readonly folders: readonly FolderName[];
  readonly items: readonly AccessedItem[];
  /** Entries that name no message at all, or lists that are no lists. */
  readonly unreadable: number;
}

/** `Path`, or `Name` where Path is "Not Available" (30 of 30 real Sync records, `formats.md` 1.1). */
const folderName = (folder: JsonObject): FolderName | null => {
  const id = statedText(folder['Id']);
  const name = statedText(folder['Path']) ?? statedText(folder['Name']);
  return id === null && name === null ? null : { id, name };
};

const readItem = (item: JsonObject, folder: number): AccessedItem | null => {
  const internetMessageId = normaliseMessageId(statedText(item['InternetMessageId']));
  const itemId = statedText(item['Id']) ?? statedText(item['ImmutableId']);
  if (internetMessageId === null && itemId === null) return null;
  return {
    internetMessageId,
    itemId,
    immutableId: statedText(item['ImmutableId']),
    sizeInBytes: statedWhole(item['SizeInBytes']),
    folder,
  };
};

/** `domain.md` 3: items of all `Folders[]`, and the folder of `Item.ParentFolder`. */
const accessedIn = (data: JsonObject): Accessed => {
  const folders: FolderName[] = [];
  const items: AccessedItem[] = [];
  let unreadable = 0;
  const lists = data['Folders'];
  if (lists !== undefined && lists !== null && !Array.isArray(lists)) unreadable += 1;
  for (const folder of Array.isArray(lists) ? lists : []) {
    if (!isObject(folder)) {
      unreadable += folder === null ? 0 : 1;
      continue;
    }
    const name = folderName(folder);
    const index = name === null ? -1 : folders.push(name) - 1;
    const listed = folder['FolderItems'];
    if (listed !== undefined && listed !== null && !Array.isArray(listed)) unreadable += 1;
    for (const entry of Array.isArray(listed) ? listed : []) {
      if (entry === null) continue;
      const item = isObject(entry) ? readItem(entry, index) : null;
      if (item === null) unreadable += 1;
      else items.push(item);
    }
  }
  const single = data['Item'];
  if (isObject(single)) {
    const parent = single['ParentFolder'];
    const name = isObject(parent) ? folderName(parent) : null;
    const index = name === null ? -1 : folders.push(name) - 1;
    // A Sync's Item is the folder itself (`formats.md` 1.1): a message only where it has a message id.
    if (statedText(single['InternetMessageId']) !== null) {
      const item = readItem(single, index);
      if (item !== null) items.push(item);
    }
  } else if (typeof single === 'string' && stated(single) !== null) unreadable += 1;
  return { folders, items, unreadable };
};

const accessTypeOf = (data: JsonObject, accessed: Accessed): AccessType => {
  const word = statedLower(pairValue(data['OperationProperties'], 'MailAccessType'));
  if (word === 'bind' || word === 'sync') return word;
  // Not stated: a record that lists messages is a Bind; one that names only a folder, a Sync; and
  // one that lost even that is told by its RecordType (`formats.md` 1.1), as in a parsed CSV.
  if (accessed.items.length > 0) return 'bind';
  const single = statedEnum(data['RecordType'], RECORD_TYPES) === 2;
  return single || accessed.folders.length > 0 ? 'sync' : 'bind';
};

const itemsMissing = (
  access: AccessType,
  accessed: Accessed,
  declared: number | null,
  lost: boolean,
): boolean => {
  if (lost || accessed.unreadable > 0) return true;
  if (access === 'sync') return accessed.folders.length === 0;
  return declared === null ? accessed.items.length === 0 : declared > accessed.items.length;
};

/**
 * Reads AuditData (classic PascalCase shape) as one MailItemsAccessed record (`domain.md` 3 to 11).
 * Never throws: what can't be an AuditRecord is another operation, or damaged with the reason.
 */
export const readRecord = (data: JsonObject, hints: ReadingHints): RecordReading => {
  const operation = statedText(field(data, 'Operation'));
  const stamp = utcIso(statedText(data['CreationTime']) ?? '') ?? hints.time;
  // As precise as a case keeps it: a finer fraction would make a record contradict itself.
  const time = stamp === null ? null : upToMilliseconds(stamp);
  if (operation === null) return { kind: 'damaged', reason: 'no Operation in the record', time };
  if (operation.toLowerCase() !== 'mailitemsaccessed') {
    return { kind: 'otherOperation', operation };
  }
  const id = (statedText(data['Id']) ?? hints.id)?.toLowerCase() ?? null;
  if (id === null)
    return { kind: 'damaged', reason: 'no Id: the record cannot be told apart', time };
  if (time === null)
    return { kind: 'damaged', reason: hints.whyUndated ?? 'no readable CreationTime', time };

  const token = data['AppAccessContext'];
  const tokenContext = isObject(token) ? token : null;
  const userType = statedEnum(data['UserType'], USER_TYPES);
  const appOnly = userType === null ? null : userType === 5 || userType === 6;
  const clientAppId =
    statedLower(data['ClientAppId']) ?? statedLower(tokenContext?.['ClientAppId']);
  const userId = statedLower(data['UserId']);
  const logonType = statedEnum(field(data, 'LogonType'), LOGON_TYPES);
  const address = normaliseAddress(
    statedText(data['ClientIPAddress']) ?? statedText(data['ClientIP']),
  );
  const accessed = accessedIn(data);
  const access = accessTypeOf(data, accessed);
  const operationCount = statedCount(data['OperationCount']);
  return {
    kind: 'record',
    record: {
      id,
      time,
      access,
      ...sessionIdsOf(data, tokenContext),
      mailboxGuid: statedLower(data['MailboxGuid']),
      mailboxOwner: statedLower(data['MailboxOwnerUPN']),
      actor: appOnly === true ? (clientAppId ?? userId) : userId,
      appOnly,
      delegate: byDelegate(data, logonType),
      external: statedTruth(field(data, 'ExternalAccess')),
      address: address.address,
      rawAddress: address.raw,
      clientInfo: statedText(data['ClientInfoString']),
      appId: statedLower(data['AppId']),
      clientAppId,
      logonType,
      deviceId: statedLower(data['DeviceId']),
      throttled: statedTruth(pairValue(data['OperationProperties'], 'IsThrottled')),
      operationCount,
      folders: accessed.folders,
      items: accessed.items,
      itemsMissing: itemsMissing(access, accessed, operationCount, hints.itemsLost),
      uniqueTokenId: statedText(tokenContext?.['UniqueTokenId']),
    },
  };
};

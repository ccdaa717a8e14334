import { normaliseAddress } from '../addresses/address.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { type ReadingHints, sessionIdsOf } from '../records/read-record.ts';
import {
  normaliseMessageId,
  statedEnum,
  statedLower,
  statedText,
  USER_TYPES,
} from '../records/stated.ts';
import { upToMilliseconds, utcIso } from '../utc-time.ts';
import { kindOfEvent } from './event-kinds.ts';
import type { EventItem, EventResource, NamedValue, SideEvent } from './side-event.ts';

/** An operation that is kept, one that is not (null), or one that cannot be: the reason in words. */
export type EventReading =
  { readonly event: SideEvent } | { readonly event: null; readonly reason: string | null };

/** Longer values stay in the evidence, whole. */
const LONGEST_VALUE = 2000;

const CUT = '…';

const cut = (text: string): string =>
  text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}${CUT}`;

/** Fields that a side event is read from, and those that say nothing of what was done. */
const READ_FIELDS: ReadonlySet<string> = new Set([
  ...['Id', 'CreationTime', 'Operation', 'Workload', 'ResultStatus', 'RecordType', 'Version'],
  ...['OrganizationId', 'OrganizationName', 'OriginatingServer', 'UserKey', 'UserType', 'UserId'],
  ...['SessionId', 'AppAccessContext', 'DeviceProperties', 'MailboxGuid', 'MailboxOwnerUPN'],
  ...['MailboxOwnerSid', 'MailboxOwnerMasterAccountSid', 'LogonUserSid', 'LogonType'],
  ...['InternalLogonType', 'ClientIPAddress', 'ClientIP', 'ActorIpAddress', 'ClientInfoString'],
  ...['UserAgent', 'AppId', 'ClientAppId', 'ApplicationId', 'Item', 'AffectedItems', 'Folder'],
  ...['DestFolder', 'Parameters', 'QueryText', 'ObjectId', 'SourceFileName', 'TokenObjectId'],
  ...['TokenTenantId', 'ExternalAccess'],
]);

const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);

/** Text as it is, anything else as JSON. */
const valueText = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const folderOf = (value: JsonValue | undefined): string | null =>
  isObject(value) ? (statedText(value['Path']) ?? statedText(value['Name'])) : statedText(value);

const itemOf = (item: JsonObject): readonly EventItem[] => {
  const read = {
    subject: statedText(item['Subject']),
    internetMessageId: normaliseMessageId(statedText(item['InternetMessageId'])),
    itemId: statedText(item['Id']) ?? statedText(item['ImmutableId']),
    folder: folderOf(item['ParentFolder']),
    attachments: statedText(item['Attachments']),
  };
  return Object.values(read).every((value) => value === null) ? [] : [read];
};

/** `Item` of one, `AffectedItems` of several. */
const itemsOf = (data: JsonObject): readonly EventItem[] =>
  [...objectsIn(data['Item']), ...objectsIn(data['AffectedItems'])].flatMap(itemOf);

/** A cmdlet's, also where a container made an object of them. */
const parametersOf = (value: JsonValue | undefined): readonly NamedValue[] => {
  if (isObject(value))
    return Object.entries(value).flatMap(([name, one]) =>
      one === undefined || one === null ? [] : [{ name, value: cut(valueText(one)) }],
    );
  return objectsIn(value).flatMap((pair) => {
    const name = statedText(pair['Name']);
    const stated = pair['Value'];
    if (name === null) return [];
    return [{ name, value: cut(valueText(stated ?? '')) }];
  });
};

const resourcesOf = (value: JsonValue | undefined): readonly EventResource[] => {
  const listed = isObject(value) ? value['AccessedResources'] : undefined;
  return objectsIn(listed).flatMap((resource) => {
    const read = {
      id: statedText(resource['Id']) ?? statedText(resource['ID']),
      name: statedText(resource['Name']),
      type: statedText(resource['Type']),
      action: statedText(resource['Action']),
      site: statedText(resource['SiteUrl']),
    };
    return Object.values(read).every((one) => one === null) ? [] : [read];
  });
};

const otherFieldsOf = (data: JsonObject): readonly NamedValue[] =>
  Object.entries(data)
    .flatMap(([name, value]) => {
      if (READ_FIELDS.has(name.trim()) || value === undefined || value === null) return [];
      const text = valueText(value);
      return text === '' || text === '[]' || text === '{}' ? [] : [{ name, value: cut(text) }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));

/** The url of a file: SharePoint's ObjectId is one, and its parts stand in three fields. */
const fileUrlOf = (data: JsonObject): string | null => {
  if (statedText(data['SourceFileName']) === null) return null;
  const object = statedText(data['ObjectId']);
  if (object !== null && /^https?:/i.test(object)) return object;
  const parts = ['SiteUrl', 'SourceRelativeUrl', 'SourceFileName'].map((name) =>
    statedText(data[name]),
  );
  return parts.every((part) => part !== null)
    ? parts.map((part) => part?.replace(/^\/+|\/+$/g, '')).join('/')
    : null;
};

const whoOf = (data: JsonObject, token: JsonObject | null) => {
  const userType = statedEnum(data['UserType'], USER_TYPES);
  const userId = statedLower(data['UserId']);
  const clientAppId =
    statedLower(data['ClientAppId']) ??
    statedLower(token?.['ClientAppId']) ??
    statedLower(data['ApplicationId']);
  const address =
    statedText(data['ClientIPAddress']) ??
    statedText(data['ClientIP']) ??
    statedText(data['ActorIpAddress']);
  return {
    mailboxGuid: statedLower(data['MailboxGuid']),
    mailboxOwner: statedLower(data['MailboxOwnerUPN']),
    actor: userType === 5 || userType === 6 ? (clientAppId ?? userId) : userId,
    address: normaliseAddress(address).address,
    clientInfo: statedText(data['ClientInfoString']) ?? statedText(data['UserAgent']),
    appId: statedLower(data['AppId']),
    clientAppId,
  };
};

/** What was done, and to what. */
const whatOf = (data: JsonObject, parameters: readonly NamedValue[]) => ({
  items: itemsOf(data),
  folder: folderOf(data['Folder']),
  destinationFolder: folderOf(data['DestFolder']),
  parameters,
  query: statedText(data['QueryText']),
  object: statedText(data['ObjectId']),
  fileName: statedText(data['SourceFileName']),
  fileUrl: fileUrlOf(data),
  resources: resourcesOf(data['CopilotEventData']),
  otherFields: otherFieldsOf(data),
});

/**
 * Reads AuditData (classic PascalCase shape) of another operation than MailItemsAccessed. `hints`: what
 * the container says beside it, the time as UTC ISO; `whyUndated`: in words, where its date gave none.
 * Never throws.
 */
export const readEvent = (
  data: JsonObject,
  hints: Omit<ReadingHints, 'itemsLost'>,
): EventReading => {
  const operation = statedText(data['Operation']);
  if (operation === null) return { event: null, reason: null };
  const parameters = parametersOf(data['Parameters']);
  const workload = statedText(data['Workload']);
  const kind = kindOfEvent(
    operation,
    workload,
    parameters.map(({ name }) => name),
  );
  if (kind === null) return { event: null, reason: null };
  const id = (statedText(data['Id']) ?? hints.id)?.toLowerCase() ?? null;
  const time = utcIso(statedText(data['CreationTime']) ?? '') ?? hints.time;
  if (id === null || time === null) {
    const lacking =
      id === null ? 'no Id: it cannot be told apart' : (hints.whyUndated ?? 'no readable time');
    return { event: null, reason: `${operation} counted and not kept: ${lacking}` };
  }
  const token = isObject(data['AppAccessContext']) ? data['AppAccessContext'] : null;
  return {
    event: {
      ...{ id, time: upToMilliseconds(time), kind, operation, workload },
      result: statedText(data['ResultStatus']),
      ...sessionIdsOf(data, token),
      tokenId: statedText(token?.['UniqueTokenId']),
      ...whoOf(data, token),
      ...whatOf(data, parameters),
    },
  };
};

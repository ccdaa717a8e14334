import type { Access, AuditData, CaseRow, OtherEvent, TouchedItem } from './access.ts';
import { recordTime } from './access.ts';
import { EXCHANGE_ONLINE } from './client.ts';
import type { Folder } from './folders.ts';
import { hashOf } from './random.ts';

/** A UUID from the access's own id, for fields nobody compares. */
const relatedGuid = (id: string, salt: string): string => `${salt.padEnd(8, '0')}${id.slice(8)}`;

const numberOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16);

const actorFields = (access: Access): AuditData => {
  const { by, mailbox } = access;
  switch (by.who) {
    case 'owner':
      return {
        UserKey: mailbox.userKey,
        UserType: 0,
        UserId: mailbox.formerUpn ?? mailbox.upn,
        ExternalAccess: false,
        LogonType: 0,
        LogonUserSid: mailbox.masterSid ?? mailbox.sid,
      };
    case 'delegate':
    case 'admin':
      return {
        UserKey: by.mailbox.userKey,
        UserType: by.who === 'admin' ? 2 : 0,
        UserId: by.mailbox.upn,
        ExternalAccess: false,
        LogonType: by.who === 'admin' ? 1 : 2,
        LogonUserSid: by.mailbox.sid,
      };
    case 'external':
      // A string, as Graph and Defender write it now and then (`formats.md` 1.2).
      return {
        UserKey: by.upn,
        UserType: 0,
        UserId: by.upn,
        ExternalAccess: 'True',
        LogonType: 2,
        LogonUserSid: by.sid,
      };
    case 'app':
      // UserId may show the mailbox owner although nobody signed in (`domain.md` 7).
      return {
        UserKey: by.app.clientAppId,
        UserType: 5,
        UserId: mailbox.upn,
        ExternalAccess: 'False',
        LogonType: 0,
        LogonUserSid: mailbox.sid,
      };
  }
};

/** Message ids are in brackets, but for hops that lost them and now and then a space. */
const spelledId = (item: TouchedItem, access: Access): string => {
  const chance = hashOf(numberOf(access.id), item.mail.size) % 100;
  if (chance === 0) return item.mail.messageId;
  return chance === 1 ? ` <${item.mail.messageId}> ` : `<${item.mail.messageId}>`;
};

const itemFields = (item: TouchedItem, access: Access): AuditData => {
  const { mail } = item;
  const id = mail.unidentified ? {} : { InternetMessageId: spelledId(item, access) };
  if (access.shape === '2021') return mail.unidentified ? { Id: mail.itemId } : id;
  if (access.shape === '2023')
    return mail.unidentified
      ? { Id: mail.itemId, SizeInBytes: mail.size }
      : {
          ...id,
          ...(mail.size % 9 === 0 ? { Sensitivity: 'defa4170-0d19-0005-0004-bc88714345d2' } : {}),
          SizeInBytes: mail.size,
        };
  return {
    ...(access.client.clientInfo.startsWith('Client=REST')
      ? { ClientRequestId: relatedGuid(access.id, 'c0ffee') }
      : {}),
    Id: mail.itemId,
    ...(access.shape === '2025' ? { ImmutableId: mail.immutableId } : {}),
    ...id,
    SizeInBytes: mail.size,
  };
};

const folderFields = (items: readonly TouchedItem[], access: Access): readonly AuditData[] => {
  const byFolder = new Map<Folder, AuditData[]>();
  for (const item of items) {
    const list = byFolder.get(item.folder);
    if (list) list.push(itemFields(item, access));
    else byFolder.set(item.folder, [itemFields(item, access)]);
  }
  return [...byFolder].map(([folder, FolderItems]) => ({
    FolderItems,
    Id: folder.id,
    Path: folder.path,
  }));
};

const accessFields = (access: Access): AuditData => {
  if (access.what.type === 'bind')
    return {
      Folders: folderFields(access.what.items, access),
      OperationCount: access.what.declared,
    };
  const { folder } = access.what;
  return {
    Item: {
      Id: folder.id,
      ParentFolder: { Id: folder.id, Name: folder.name, Path: 'Not Available' },
    },
  };
};

const tokenId = (access: Access, issued: number): string => {
  const owner = numberOf(access.sessionId ?? access.mailbox.guid);
  const words = [1, 2, 3, 4].map((part) => hashOf(owner, issued, part).toString(36));
  return `${words.join('')}Aw`.slice(-22);
};

const tokenFields = (access: Access): AuditData => {
  if (access.shape !== '2025') return {};
  const hasSession = access.sessionFields.includes('AADSessionId');
  const { clientAppId } = access.client;
  const issued = access.at - (access.at % 3600) - 300;
  return {
    AppAccessContext: {
      ...(hasSession ? { AADSessionId: access.sessionId } : {}),
      APIId: EXCHANGE_ONLINE,
      ...(clientAppId ? { ClientAppId: clientAppId } : {}),
      // A token lives for about an hour, and its id is on all that was done with it.
      IssuedAtTime: recordTime(issued),
      UniqueTokenId: tokenId(access, issued),
    },
  };
};

const operationProperties = (access: Access): readonly AuditData[] => {
  const type = { Name: 'MailAccessType', Value: access.what.type === 'bind' ? 'Bind' : 'Sync' };
  if (access.throttled === null) return [type];
  const throttled = { Name: 'IsThrottled', Value: access.throttled ? 'True' : 'False' };
  // Both orders occur.
  return numberOf(access.id) % 3 === 0 ? [throttled, type] : [type, throttled];
};

/** The record of an access, in the field order and with the gaps of its year (`formats.md` 1). */
const auditDataOf = (access: Access): AuditData => {
  const { company, mailbox, client, what } = access;
  const sync = what.type === 'sync';
  const inField = (field: string): boolean => access.sessionFields.some((name) => name === field);
  return {
    ...tokenFields(access),
    CreationTime: recordTime(access.at),
    Id: access.id,
    Operation: 'MailItemsAccessed',
    OrganizationId: company.tenantId,
    RecordType: sync ? 2 : 50,
    ResultStatus: 'Succeeded',
    Version: 1,
    Workload: 'Exchange',
    ...actorFields(access),
    ...(client.appId ? { AppId: client.appId } : {}),
    ...(client.clientAppId ? { ClientAppId: client.clientAppId } : {}),
    ...(sync ? { ClientIP: access.addressSpelled } : {}),
    ClientIPAddress: access.addressSpelled,
    ClientInfoString: client.clientInfo,
    ...(sync
      ? {
          ClientProcessName: 'OUTLOOK.EXE',
          ClientRequestId: `{${relatedGuid(access.sessionId ?? access.id, 'ABBA').toUpperCase()}}`,
          ClientVersion: '16.0.17928.20114',
        }
      : {}),
    ...(access.deviceId ? { DeviceId: access.deviceId } : {}),
    ...(inField('DeviceProperties')
      ? { DeviceProperties: [{ Name: 'SessionId', Value: access.sessionId }] }
      : {}),
    InternalLogonType: 0,
    MailboxGuid: mailbox.guid,
    ...(mailbox.masterSid ? { MailboxOwnerMasterAccountSid: mailbox.masterSid } : {}),
    MailboxOwnerSid: mailbox.sid,
    MailboxOwnerUPN: mailbox.upn,
    OperationProperties: operationProperties(access),
    OrganizationName: company.organizationName,
    OriginatingServer: 'AM0PR07MB5763 (15.20.4200.000)\r\n',
    ...(inField('SessionId')
      ? { SessionId: access.sessionId }
      : access.sessionId === null && access.shape === '2021' && numberOf(access.id) % 50 === 0
        ? { SessionId: 'Not Available' }
        : {}),
    ...accessFields(access),
  };
};

export const rowOf = (entry: Access | OtherEvent): CaseRow => ({
  entry,
  record: entry.kind === 'access' ? auditDataOf(entry) : entry.record,
  repeated: false,
});

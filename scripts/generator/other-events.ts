import { EXCHANGE_ONLINE } from './client.ts';
import { recordTime } from './access.ts';
import type { AuditData, OtherEvent } from './access.ts';
import type { Mail } from './mail.ts';
import type { Random } from './random.ts';
import type { Company, Mailbox } from './world.ts';

export const OTHER_OPERATIONS = [
  'Send',
  'SoftDelete',
  'MoveToDeletedItems',
  'UserLoggedIn',
  'AttachmentAccess',
  'New-InboxRule',
] as const;
export type OtherOperation = (typeof OTHER_OPERATIONS)[number];

/** Who did something else, when, from where. */
export interface OtherAct {
  readonly company: Company;
  readonly mailbox: Mailbox;
  readonly at: number;
  readonly address: string;
  readonly sessionId: string | null;
  readonly mail: Mail;
}

const mailboxFields = (act: OtherAct): AuditData => ({
  ClientIPAddress: act.address,
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  ExternalAccess: false,
  LogonType: 0,
  LogonUserSid: act.mailbox.sid,
  MailboxGuid: act.mailbox.guid,
  MailboxOwnerSid: act.mailbox.sid,
  MailboxOwnerUPN: act.mailbox.upn,
  ...(act.sessionId ? { SessionId: act.sessionId } : {}),
});

const namedItem = (act: OtherAct): AuditData => ({
  Id: act.mail.itemId,
  InternetMessageId: `<${act.mail.messageId}>`,
  ParentFolder: { Id: act.mail.folder.id, Path: act.mail.folder.path },
  Subject: act.mail.subject,
});

/** RecordType and fields of one operation; Send and the deletions carry subjects (`domain.md`). */
const fieldsOf = (operation: OtherOperation, act: OtherAct): readonly [number, AuditData] => {
  switch (operation) {
    case 'Send':
      return [
        2,
        { ...mailboxFields(act), Item: { ...namedItem(act), SizeInBytes: act.mail.size } },
      ];
    case 'SoftDelete':
    case 'MoveToDeletedItems':
      return [
        3,
        {
          ...mailboxFields(act),
          AffectedItems: [namedItem(act)],
          CrossMailboxOperation: false,
          Folder: { Id: act.mail.folder.id, Path: act.mail.folder.path },
        },
      ];
    case 'AttachmentAccess':
      return [
        50,
        {
          ...mailboxFields(act),
          OperationProperties: [{ Name: 'AttachmentAccessType', Value: 'Bind' }],
          Messages: [
            {
              Path: 'Messages',
              Id: act.mail.itemId,
              MessageItems: [{ SizeInBytes: act.mail.size, Id: `${act.mail.itemId}BEgAQAA` }],
            },
          ],
          OperationCount: 1,
        },
      ];
    case 'New-InboxRule':
      return [
        1,
        {
          ClientIP: `[${act.address}]:14822`,
          ObjectId: `${act.mailbox.name}\\.`,
          Parameters: [
            { Name: 'Name', Value: '.' },
            { Name: 'SubjectOrBodyContainsWords', Value: 'invoice;payment' },
            { Name: 'MoveToFolder', Value: 'RSS Feeds' },
          ],
        },
      ];
    case 'UserLoggedIn':
      return [
        15,
        {
          ClientIP: act.address,
          ApplicationId: EXCHANGE_ONLINE,
          DeviceProperties: [{ Name: 'SessionId', Value: act.sessionId ?? '' }],
          ObjectId: EXCHANGE_ONLINE,
        },
      ];
  }
};

export const otherEvent = (
  operation: OtherOperation,
  act: OtherAct,
  random: Random,
): OtherEvent => {
  const [recordType, fields] = fieldsOf(operation, act);
  const id = random.guid();
  return {
    kind: 'other',
    kept: operation !== 'UserLoggedIn',
    id,
    at: act.at,
    record: {
      CreationTime: recordTime(act.at),
      Id: id,
      Operation: operation,
      OrganizationId: act.company.tenantId,
      RecordType: recordType,
      ResultStatus: 'Succeeded',
      UserKey: act.mailbox.userKey,
      UserType: 0,
      Version: 1,
      Workload: operation === 'UserLoggedIn' ? 'AzureActiveDirectory' : 'Exchange',
      UserId: act.mailbox.upn,
      OrganizationName: act.company.organizationName,
      ...fields,
    },
  };
};

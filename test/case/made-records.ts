import type { JsonObject } from '../../source/domain/json.ts';
import { bindData, syncData } from '../domain/records/audit-data.ts';

/** Short words for what tests of a case vary; everything else is alike. */
export interface MadeAccess {
  /** Stands in the record's Id. */
  readonly id: string | number;
  /** UTC without a Z. */
  readonly at?: string;
  /** null: none. */
  readonly session?: string | null;
  readonly address?: string;
  /** Whose mailbox: name before the @. */
  readonly mailbox?: string;
  readonly folder?: string;
  readonly throttled?: boolean;
  readonly over?: JsonObject;
}

export const INTRUDER = '203.0.113.66';
export const OWNER = '198.51.100.7';

export const recordId = (id: string | number): string => `record-${id}`;
export const mailboxGuid = (mailbox: string): string => `guid-of-${mailbox}`;

const common = (made: MadeAccess): JsonObject => {
  const mailbox = made.mailbox ?? 'vera';
  return {
    Id: recordId(made.id),
    CreationTime: made.at ?? '2026-09-14T08:05:00',
    ClientIPAddress: made.address ?? OWNER,
    SessionId: made.session === null ? undefined : (made.session ?? 's-one'),
    UserId: `${mailbox}@contoso.example`,
    MailboxGuid: mailboxGuid(mailbox),
    MailboxOwnerUPN: `${mailbox}@contoso.example`,
    MailboxOwnerSid: `S-1-5-21-${mailbox}`,
    LogonUserSid: `S-1-5-21-${mailbox}`,
  };
};

const properties = (type: 'Bind' | 'Sync', throttled: boolean | undefined): JsonObject => ({
  OperationProperties: [
    { Name: 'MailAccessType', Value: type },
    { Name: 'IsThrottled', Value: throttled === true ? 'True' : 'False' },
  ],
});

/** A Bind record of messages by the part before the @ of their ids; one folder, OperationCount right. */
export const bind = (made: MadeAccess & { readonly messages?: readonly string[] }): JsonObject => {
  const folder = made.folder ?? '\\Inbox';
  const messages = made.messages ?? ['first'];
  return bindData({
    ...common(made),
    ...properties('Bind', made.throttled),
    OperationCount: messages.length,
    Folders: [
      {
        Id: `folder ${folder}`,
        Path: folder,
        FolderItems: messages.map((message) => ({
          InternetMessageId: `<${message}@fabrikam.example>`,
          Id: `item ${message}`,
          SizeInBytes: 1000,
        })),
      },
    ],
    ...made.over,
  });
};

export const sync = (made: MadeAccess): JsonObject => {
  const Name = made.folder ?? 'Inbox';
  const Id = `folder \\${Name}`;
  return syncData({
    ...common(made),
    ...properties('Sync', made.throttled),
    Item: { Id, ParentFolder: { Id, Name, Path: 'Not Available' } },
    ...made.over,
  });
};

export const otherOperation = (made: MadeAccess): JsonObject =>
  bind({ ...made, over: { Operation: 'Send', ...made.over } });

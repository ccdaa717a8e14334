import type { JsonObject } from '../../../source/domain/json.ts';

/** A made-up Bind record in today's shape; `over` replaces fields, undefined takes them away. */
export const bindData = (over: JsonObject = {}): JsonObject => ({
  CreationTime: '2026-09-14T08:05:00',
  Id: '11111111-0000-4000-8000-000000000001',
  Operation: 'MailItemsAccessed',
  OrganizationId: '22222222-0000-4000-8000-000000000000',
  RecordType: 50,
  ResultStatus: 'Succeeded',
  UserKey: '1003200000000001',
  UserType: 0,
  Version: 1,
  Workload: 'Exchange',
  UserId: 'Vera@Contoso.Example',
  AppId: '00000002-0000-0ff1-ce00-000000000000',
  ClientIPAddress: '198.51.100.7',
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  ExternalAccess: false,
  InternalLogonType: 0,
  LogonType: 0,
  LogonUserSid: 'S-1-5-21-1',
  MailboxGuid: 'AAAAAAAA-0000-4000-8000-00000000000A',
  MailboxOwnerSid: 'S-1-5-21-1',
  MailboxOwnerUPN: 'vera@contoso.example',
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ],
  OrganizationName: 'contoso.example',
  OriginatingServer: 'DB7PR04MB0001 (15.20.4200.000)\r\n',
  SessionId: '33333333-0000-4000-8000-000000000001',
  Folders: [
    {
      Id: 'LgAAAAB0',
      Path: '\\Inbox',
      FolderItems: [
        { InternetMessageId: '<first@fabrikam.example>', Id: 'RgAAAAB1', SizeInBytes: 1000 },
        { InternetMessageId: '<second@fabrikam.example>', Id: 'RgAAAAB2', SizeInBytes: 2000 },
      ],
    },
  ],
  OperationCount: 2,
  ...over,
});

/** A made-up Sync record: the folder in Item.ParentFolder, its Path "Not Available". */
export const syncData = (over: JsonObject = {}): JsonObject => {
  const { Folders: _, OperationCount: __, ...rest } = bindData();
  return {
    ...rest,
    Id: '11111111-0000-4000-8000-000000000002',
    RecordType: 2,
    ClientInfoString: 'Client=MSExchangeRPC',
    OperationProperties: [
      { Value: 'Sync', Name: 'MailAccessType' },
      { Value: 'False', Name: 'IsThrottled' },
    ],
    Item: {
      Id: 'LgAAAAB0',
      ParentFolder: { Id: 'LgAAAAB0', Name: 'Inbox', Path: 'Not Available' },
    },
    ...over,
  };
};

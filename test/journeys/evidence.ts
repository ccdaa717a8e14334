/** A small break-in as files on disk: an intruder from one address, an owner from another. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INTRUDER = '95.96.75.118';
const OWNER = '77.174.28.9';
const MAILBOX = 'a1b2c3d4-0000-4000-8000-000000000001';

interface Bind {
  readonly number: number;
  readonly time: string;
  readonly session: string | null;
  readonly address: string;
  readonly messages: readonly string[];
}

const id = (number: number): string =>
  `f00d0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const common = ({ number, time, session, address }: Bind) => ({
  CreationTime: time,
  Id: id(number),
  Operation: 'MailItemsAccessed',
  Workload: 'Exchange',
  ResultStatus: 'Succeeded',
  UserType: 0,
  UserId: 'g.jacobs@contoso.example',
  MailboxGuid: MAILBOX,
  MailboxOwnerUPN: 'g.jacobs@contoso.example',
  LogonType: 0,
  ExternalAccess: false,
  ClientIPAddress: address,
  ClientInfoString: 'Client=OWA;Mozilla/5.0 (X11)',
  ...(session === null ? {} : { SessionId: session }),
});

const bind = (one: Bind) => ({
  ...common(one),
  RecordType: 50,
  OperationCount: one.messages.length,
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ],
  Folders: [
    {
      Id: 'inbox-id',
      Path: '\\Inbox',
      FolderItems: one.messages.map((message) => ({
        Id: `item-${message}`,
        InternetMessageId: `<${message}@fabrikam.example>`,
        SizeInBytes: 12_000,
      })),
    },
  ],
});

const sync = (one: Bind) => ({
  ...common(one),
  RecordType: 2,
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Sync' },
    { Name: 'IsThrottled', Value: 'True' },
  ],
  Item: {
    Id: 'sent-id',
    ParentFolder: { Id: 'sent-id', Name: 'Sent Items', Path: 'Not Available' },
  },
});

const AUDIT = [
  bind({
    number: 1,
    time: '2026-09-23T08:00:00',
    session: 'owner-1',
    address: OWNER,
    messages: ['agenda', 'lunch'],
  }),
  bind({
    number: 2,
    time: '2026-09-24T14:00:00',
    session: 'intruder-1',
    address: INTRUDER,
    messages: ['wire', 'passport'],
  }),
  bind({
    number: 3,
    time: '2026-09-24T14:10:00',
    session: 'intruder-1',
    address: INTRUDER,
    messages: ['wire', 'salary'],
  }),
  bind({
    number: 4,
    time: '2026-09-24T15:00:00',
    session: 'shared-1',
    address: OWNER,
    messages: ['agenda'],
  }),
  bind({
    number: 5,
    time: '2026-09-24T15:30:00',
    session: 'shared-1',
    address: INTRUDER,
    messages: ['contract'],
  }),
  bind({
    number: 6,
    time: '2026-09-25T09:00:00',
    session: null,
    address: OWNER,
    messages: ['lunch'],
  }),
];

/** What comes later: one more record in the intruder's session, one in the owner's, and a throttled Sync. */
const LATER = [
  bind({
    number: 7,
    time: '2026-09-24T14:20:00',
    session: 'intruder-1',
    address: INTRUDER,
    messages: ['bonus'],
  }),
  bind({
    number: 8,
    time: '2026-09-23T08:30:00',
    session: 'owner-1',
    address: OWNER,
    messages: ['minutes'],
  }),
  sync({
    number: 9,
    time: '2026-09-24T14:30:00',
    session: 'intruder-1',
    address: INTRUDER,
    messages: [],
  }),
];

const TRACE = [
  'PSComputerName,RunspaceId,PSShowComputerName,Organization,MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId,StartDate,EndDate,Index',
  'x,y,False,contoso,<wire@fabrikam.example>,9/20/2026 4:05:03 PM,anna@fabrikam.example,g.jacobs@contoso.example,RE: Wire transfer,Delivered,,203.0.113.10,12000,00000000-0000-4000-8000-0000000000a1,9/13/2026 12:00:00 AM,9/25/2026 12:00:00 AM,0',
  'x,y,False,contoso,<salary@fabrikam.example>,9/21/2026 4:05:03 PM,hr@contoso.example,g.jacobs@contoso.example,Salary review,Delivered,,203.0.113.10,9000,00000000-0000-4000-8000-0000000000a2,9/13/2026 12:00:00 AM,9/25/2026 12:00:00 AM,1',
];

const ndjson = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

export interface Evidence {
  readonly audit: string;
  readonly later: string;
  readonly trace: string;
  readonly picture: string;
}

/** Writes the files into `folder`, and says where they are. */
export const writeEvidence = (folder: string): Evidence => {
  const logs = join(folder, 'logs of g.jacobs');
  mkdirSync(logs);
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(logs, name);
    writeFileSync(path, content);
    return path;
  };
  return {
    audit: write('audit.ndjson', ndjson(AUDIT)),
    later: write('later.ndjson', ndjson(LATER)),
    trace: write('trace.csv', `${TRACE.join('\n')}\n`),
    picture: write(
      'screenshot.png',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
    ),
  };
};

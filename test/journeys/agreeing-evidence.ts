/** Records for the property that everything agrees: three logs that share some, of two mailboxes. */
import type { PlainRecord } from './plain-case.ts';

const MAILBOXES = ['a1b2c3d4-0000-4000-8000-000000000001', 'a1b2c3d4-0000-4000-8000-000000000002'];
const USERS = ['jacobs@contoso.example', 'visser@contoso.example', 'smit@contoso.example'];
const OWNERS = ['jacobs@contoso.example', 'visser@contoso.example'];
/** The last three are the service's own. */
export const ADDRESSES = [
  '203.0.113.7',
  '198.51.100.9',
  '192.0.2.33',
  '52.98.1.1',
  '52.98.1.2',
  '52.98.1.3',
];
const CLIENTS = ['Client=OWA;Mozilla/5.0 (X11)', 'Client=REST;;'];
const SESSIONS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', null, null];

/** The same numbers each time. */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
};

const one = (number: number, next: (below: number) => number): PlainRecord => {
  const pick = <Value>(values: readonly Value[]): Value => values[next(values.length)] as Value;
  const session = pick(SESSIONS);
  const box = next(2);
  return {
    id: `f00d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    time: new Date(Date.UTC(2026, 8, 20) + number * 3_600_000).toISOString().slice(0, 19),
    session,
    mailbox: MAILBOXES[box] ?? '',
    owner: OWNERS[box] ?? '',
    user: session === null ? (USERS[box] ?? '') : pick(USERS),
    address: session === null && next(3) > 0 ? pick(ADDRESSES.slice(3)) : pick(ADDRESSES),
    client: pick(CLIENTS),
    messages: Array.from({ length: 1 + next(3) }, () => `m${next(30)}@fabrikam.example`),
  };
};

const made = ((): readonly PlainRecord[] => {
  const next = numbers(7);
  return Array.from({ length: 48 }, (_, number) => one(number, next));
})();

/** By file: the first alone, the second with some of it, the third with some of both. */
export const LOGS: readonly { readonly name: string; readonly records: readonly PlainRecord[] }[] =
  [
    { name: 'first.ndjson', records: made.slice(0, 26) },
    { name: 'second.ndjson', records: made.slice(20, 38) },
    { name: 'third.ndjson', records: [...made.slice(4, 8), ...made.slice(34)] },
  ];

export const asLog = (records: readonly PlainRecord[]): string =>
  records
    .map((record) => ({
      CreationTime: record.time,
      Id: record.id,
      RecordType: 50,
      Operation: 'MailItemsAccessed',
      Workload: 'Exchange',
      UserType: 0,
      UserId: record.user,
      MailboxGuid: record.mailbox,
      MailboxOwnerUPN: record.owner,
      LogonType: 0,
      ClientIPAddress: record.address,
      ClientInfoString: record.client,
      ...(record.session === null ? {} : { SessionId: record.session }),
      OperationCount: record.messages.length,
      OperationProperties: [
        { Name: 'MailAccessType', Value: 'Bind' },
        { Name: 'IsThrottled', Value: 'False' },
      ],
      Folders: [
        {
          Id: 'inbox-id',
          Path: '\\Inbox',
          FolderItems: record.messages.map((id) => ({ Id: `item-${id}`, InternetMessageId: id })),
        },
      ],
    }))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');

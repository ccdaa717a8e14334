/** Records that are hard on the rules: alike sessions, near times, items that are lacking. */
import type { Row } from './plain-reading.ts';
import type { Random } from './random.ts';

export const START = Date.parse('2026-09-10T08:00:00Z');
export const MINUTE = 60_000;

export const MAILBOXES = ['vera', 'otto', 'anna'] as const;
type Mailbox = (typeof MAILBOXES)[number];

export const guidOf = (mailbox: Mailbox): string =>
  `aaaaaaaa-0000-4000-8000-00000000000${MAILBOXES.indexOf(mailbox)}`;

const TOOL = 'bbbbbbbb-0000-4000-8000-000000000001';
const OUTLOOK = 'bbbbbbbb-0000-4000-8000-000000000002';
const SESSIONS = [1, 2, 3].map((number) => `cccccccc-0000-4000-8000-00000000000${number}`);
const ADDRESSES = ['198.51.100.7', '203.0.113.66', '2001:db8::5'];
const CLIENTS = ['Client=OWA;Action=ViaProxy', 'Client=MSExchangeRPC'];
const FOLDERS = ['Inbox', 'Sent Items', 'Projects'];
export const MESSAGES = Array.from({ length: 9 }, (_, at) => `m${at}@fabrikam.example`);

/** All of a record but time, id and what was accessed: who came how. */
export interface Visitor {
  readonly mailbox: Mailbox;
  readonly fields: Row;
}

const newVisitor = (random: Random): Visitor => {
  const mailbox = random.one(MAILBOXES);
  const isTool = random.percent(15);
  const user = random.percent(75) ? mailbox : random.one([...MAILBOXES, 'guest']);
  return {
    mailbox,
    fields: {
      MailboxGuid: guidOf(mailbox).toUpperCase(),
      MailboxOwnerUPN: `${random.percent(85) ? mailbox : `${mailbox}.maiden`}@contoso.example`,
      UserType: isTool ? 5 : 0,
      UserId: `${random.percent(10) ? 'Vera.Maiden' : user}@contoso.example`,
      ...(isTool ? { ClientAppId: TOOL } : {}),
      ...(random.percent(40) ? { AppId: random.one([OUTLOOK, TOOL]) } : {}),
      ClientIPAddress: random.one(ADDRESSES),
      ClientInfoString: random.percent(80) ? CLIENTS[0] : CLIENTS[1],
      LogonType: random.percent(85) ? 0 : 2,
      ...(random.percent(75) ? { SessionId: random.one(SESSIONS) } : {}),
      ...(random.percent(40) ? { DeviceId: random.one(['pc', 'phone']) } : {}),
    },
  };
};

/** Somebody alike in nearly all: the intruder with the owner's token. */
const likeVisitor = (random: Random, { mailbox, fields }: Visitor): Visitor => ({
  mailbox,
  fields: {
    ...fields,
    ...random.one<Row>([
      { DeviceId: 'elsewhere' },
      { AppId: 'bbbbbbbb-0000-4000-8000-000000000009' },
      { DeviceId: undefined },
      { ClientIPAddress: '203.0.113.99' },
      { SessionId: undefined, DeviceId: 'elsewhere' },
      { ClientIPAddress: `${String(fields['ClientIPAddress'])}`, LogonType: 2 },
    ]),
  },
});

export const visitorsOf = (random: Random): readonly Visitor[] => {
  const visitors: Visitor[] = [newVisitor(random)];
  while (visitors.length < 7)
    visitors.push(
      random.percent(55) ? likeVisitor(random, random.one(visitors)) : newVisitor(random),
    );
  return visitors;
};

/** How often, of a hundred, what presumes a whole mailbox exposed. */
export interface Climate {
  readonly sync: number;
  readonly throttled: number;
  readonly damaged: number;
}
export const ROUGH: Climate = { sync: 12, throttled: 2, damaged: 12 };
export const CALM: Climate = { sync: 0, throttled: 0, damaged: 0 };

export const asWritten = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** Anywhere in five days, or around an earlier record: within an hour, at its very end, or past it. */
export const newTime = (random: Random, earlier: readonly number[]): number =>
  earlier.length === 0 || random.percent(35)
    ? START + random.between(0, 5 * 24 * 60) * MINUTE
    : random.one(earlier) +
      random.one([0, 5, 30, 61, 62, 63, -10, 24 * 60, -24 * 60, 25 * 60]) * MINUTE +
      random.one([0, 0, 1, -1]) * 1000;

/** Some have no id, and now and then a record has lost one. */
export const folderRow = (random: Random, mailbox: Mailbox, name: string): Row => ({
  ...(name === 'Projects' || random.percent(6) ? {} : { Id: `folder of ${mailbox} ${name}` }),
  Path: name === 'Projects' ? name : `\\${name}`,
});

const itemRow = (random: Random, mailbox: Mailbox): Row => {
  if (random.percent(15)) return { Id: `item of ${mailbox} ${random.between(1, 3)}` };
  const id = random.one(MESSAGES);
  return {
    InternetMessageId: random.percent(90) ? `<${id}>` : ` ${id} `,
    Id: `item of ${mailbox} ${id}`,
    SizeInBytes: 1000,
  };
};

/** Each item once in a folder; now and then the same one in two folders. */
const foldersOf = (random: Random, mailbox: Mailbox): readonly Row[] =>
  random.some(FOLDERS, random.percent(75) ? 1 : 2).map((name) => {
    const items = Array.from({ length: random.between(1, 3) }, () => itemRow(random, mailbox));
    const each = new Map(items.map((item) => [item['Id'], item]));
    return { ...folderRow(random, mailbox, name), FolderItems: [...each.values()] };
  });

export const listed = (folders: readonly Row[]): number =>
  folders.reduce((sum, folder) => sum + (folder['FolderItems'] as readonly Row[]).length, 0);

const properties = (random: Random, climate: Climate, access: string): readonly Row[] => [
  { Name: 'MailAccessType', Value: access },
  ...(random.percent(85)
    ? [{ Name: 'IsThrottled', Value: random.percent(climate.throttled) ? 'True' : 'False' }]
    : []),
];

const accessOf = (random: Random, climate: Climate, mailbox: Mailbox): Row => {
  if (random.percent(climate.sync)) {
    const folder = folderRow(random, mailbox, random.one(FOLDERS));
    const Name = String(folder['Path']).replace('\\', '');
    return {
      RecordType: 2,
      OperationProperties: properties(random, climate, 'Sync'),
      Item: { Id: 'folder', ParentFolder: { ...folder, Path: 'Not Available', Name } },
    };
  }
  const common = { RecordType: 50, OperationProperties: properties(random, climate, 'Bind') };
  if (random.percent(4)) return { ...common, OperationCount: random.between(1, 4) };
  const Folders = foldersOf(random, mailbox);
  const more = random.percent(6) ? random.between(1, 20) : 0;
  return { ...common, OperationCount: listed(Folders) + more, Folders };
};

export const recordOf = (
  id: number,
  { mailbox, fields }: Visitor,
  time: number,
  random: Random,
  climate: Climate,
): Row => ({
  CreationTime: asWritten(time),
  Id: `dddddddd-0000-4000-8000-${String(id).padStart(12, '0')}`,
  Operation: 'MailItemsAccessed',
  Workload: 'Exchange',
  ...fields,
  ...accessOf(random, climate, mailbox),
});

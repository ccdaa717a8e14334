/** Files of such records, with copies that say less or else, damage, and records of no interest. */
import {
  asWritten,
  CALM,
  type Climate,
  folderRow,
  listed,
  MESSAGES,
  MINUTE,
  newTime,
  recordOf,
  ROUGH,
  START,
  type Visitor,
  visitorsOf,
} from './generated-records.ts';
import type { PlainFile, Row } from './plain-reading.ts';
import type { Random } from './random.ts';

const withoutLast = (row: Row): Row => {
  const [first, ...rest] = (row['Folders'] ?? []) as readonly Row[];
  if (first === undefined) return row;
  const items = (first['FolderItems'] as readonly Row[]).slice(0, -1);
  return { ...row, Folders: [{ ...first, FolderItems: items }, ...rest] };
};

/**
 * The same record once more: alike, poorer by something that its container lost, or contradicting.
 * Which of two times counts against the limit of a day nothing says: there they are kept.
 */
const copyOf = (random: Random, row: Row, keepsTime: boolean): Row => {
  const time = Date.parse(`${String(row['CreationTime'])}Z`);
  const [folder] = (row['Folders'] ?? []) as readonly Row[];
  const other = [{ ...folder, FolderItems: [{ InternetMessageId: '<other@fabrikam.example>' }] }];
  const fewer = withoutLast(row);
  const later = time + random.one([10, 90, -60, 40 * 60]) * MINUTE;
  const changes: readonly Row[] = [
    row,
    { ...row, ClientIPAddress: `::ffff:198.51.100.7` },
    { ...row, AppId: undefined, ClientInfoString: undefined },
    { ...row, DeviceId: 'Not Available' },
    fewer,
    { ...row, CreationTime: asWritten(keepsTime ? time : later) },
    { ...row, ClientIPAddress: '203.0.113.200' },
    { ...fewer, OperationCount: listed((fewer['Folders'] ?? []) as readonly Row[]) },
    ...(folder === undefined ? [] : [{ ...row, OperationCount: 1, Folders: other }]),
  ];
  return random.one(changes);
};

/** Rows that are no record: without an Id but with a time, without a time, and not even JSON. */
const damagedOf = (random: Random, time: number): string =>
  random.one([
    JSON.stringify({ CreationTime: asWritten(time), Operation: 'MailItemsAccessed' }),
    JSON.stringify({ Operation: 'MailItemsAccessed', Id: 'no time' }),
    `{"Operation":"MailItemsAccessed","Id":`,
  ]);

const OTHER = JSON.stringify({
  CreationTime: '2026-09-11T09:00:00',
  Id: 'dddddddd-0000-4000-8000-999999999999',
  Operation: 'Send',
});

/** More records than the service logs in a day, seconds apart. */
const bulkOf = (random: Random, visitor: Visitor, start: number): readonly Row[] =>
  Array.from({ length: random.one([1000, 1001, 1040]) }, (_, index) => ({
    ...recordOf(100_000 + index, visitor, start + index * 5000, random, CALM),
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    OperationCount: 1,
    Item: undefined,
    Folders: [
      { ...folderRow(random, visitor.mailbox, 'Inbox'), FolderItems: [{ Id: 'item in bulk' }] },
    ],
  }));

const graphRow = (createdDateTime: string, auditData: Row): Row => ({
  id: auditData['Id'],
  createdDateTime: `${createdDateTime}Z`,
  auditLogRecordType: 'exchangeItemAggregated',
  operation: 'MailItemsAccessed',
  auditData,
});

/** An answer of Microsoft Graph; of a row that lost its Id and time, the container still has the time. */
const asGraph = (rows: readonly Row[], lost: readonly number[]): string =>
  JSON.stringify({
    '@odata.context': 'https://graph.example/$metadata#records',
    value: [
      ...rows.map((row) => graphRow(String(row['CreationTime']), row)),
      ...lost.map((time) => graphRow(asWritten(time), { Operation: 'MailItemsAccessed' })),
    ],
  });

/** One bare record a line, or an answer of Graph; `damaged`: times of damaged rows. */
const fileOf = (
  random: Random,
  name: string,
  rows: readonly Row[],
  damaged: readonly number[],
): PlainFile => {
  if (rows.length > 0 && random.percent(30))
    return { name: `${name}.json`, text: asGraph(rows, damaged) };
  const lines = [
    ...rows.map((row) => JSON.stringify(row)),
    ...damaged.map((time) => damagedOf(random, time)),
    ...(random.percent(20) ? [OTHER] : []),
  ];
  return { name: `${name}.jsonl`, text: `${lines.join('\n')}\n` };
};

/** When some of the messages were received: before, during and after what the log tells of. */
const traceFile = (random: Random): PlainFile => {
  const rows = random.some(MESSAGES, 6).map((id, at) => ({
    MessageTraceId: `trace-${at}`,
    MessageId: `<${id}>`,
    Received: `${asWritten(START + random.between(-6, 20) * 12 * 60 * MINUTE)}Z`,
    SenderAddress: 'sender@fabrikam.example',
    RecipientAddress: 'vera@contoso.example',
    Subject: 'a subject',
    Status: 'Delivered',
  }));
  return { name: 'trace.jsonl', text: `${rows.map((row) => JSON.stringify(row)).join('\n')}\n` };
};

/** Now and then a file in which nothing but damage is left, or one that has lost all items. */
const oddFiles = (
  random: Random,
  climate: Climate,
  visitors: readonly Visitor[],
  times: readonly number[],
): readonly PlainFile[] => {
  const damaged = damagedOf(random, random.one(times));
  const bare = [901, 902].map((id) => ({
    ...recordOf(id, random.one(visitors), newTime(random, times), random, climate),
    Item: undefined,
    Folders: 'System.Object[]',
    OperationCount: undefined,
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
  }));
  return [
    ...(random.percent(climate.damaged)
      ? [{ name: 'wreck.jsonl', text: `${damaged}\n${OTHER}\n` }]
      : []),
    ...(random.percent(8) ? [fileOf(random, 'bare', bare, [])] : []),
    ...(random.percent(60) ? [traceFile(random)] : []),
  ];
};

/** Three files of one log, the later ones with copies of what the earlier hold. */
export const generatedFiles = (random: Random, isBulky: boolean): readonly PlainFile[] => {
  const climate = random.percent(60) ? ROUGH : CALM;
  const visitors = visitorsOf(random);
  const times: number[] = [];
  const rows = Array.from({ length: random.between(8, 40) }, (_, index) => {
    times.push(newTime(random, times));
    return recordOf(index, random.one(visitors), times.at(-1) ?? START, random, climate);
  });
  const bulk = isBulky ? bulkOf(random, random.one(visitors), START + 24 * 60 * MINUTE) : [];
  const copied = new Set<Row>();
  const files = [0, 1, 2].map((number) => {
    const own = rows.filter((_, index) => index % 3 === number);
    // Two copies of a record at most: three and more are held by test/store/records/any-order.
    const known = rows.filter((row, index) => index % 3 <= number && !copied.has(row));
    const copies = known.filter(() => random.percent(12));
    for (const row of copies) copied.add(row);
    const all = [
      ...own,
      ...copies.map((row) => copyOf(random, row, isBulky)),
      ...(number === 0 ? bulk : []),
    ];
    const damaged = random.percent(climate.damaged) ? [newTime(random, times)] : [];
    return fileOf(random, `log-${number}`, all, damaged);
  });
  return [...files, ...oddFiles(random, climate, visitors, times)];
};

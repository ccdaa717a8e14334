import type { AuditData } from '../access.ts';
import { csvText } from '../csv.ts';
import type { Loss } from '../loss.ts';
import type { Container } from './container.ts';
import { recordTypeName, textOf, zuluDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

const LOGON_TYPES: { readonly [number: string]: string } = {
  0: 'Owner',
  1: 'Admin',
  2: 'Delegated',
};
const USER_TYPES: { readonly [number: string]: string } = {
  0: 'Regular',
  2: 'Admin',
  5: 'Application',
  6: 'ServicePrincipal',
};

/** Names that OfficeActivity changes. */
const RENAMED: { readonly [field: string]: string } = {
  Workload: 'OfficeWorkload',
  ClientIPAddress: 'Client_IPAddress',
};
const AS_THEY_ARE =
  'Operation,OrganizationId,UserKey,ResultStatus,UserId,OriginatingServer,OrganizationName,MailboxGuid,MailboxOwnerUPN,MailboxOwnerSid,MailboxOwnerMasterAccountSid,LogonUserSid,ClientInfoString,ClientIP,AppId,ClientAppId,Workload,ClientIPAddress,ExternalAccess,InternalLogonType,Folders,OperationProperties,Item,AffectedItems,Folder,Parameters'.split(
    ',',
  );

type Era = 'old' | 'new';

/** One OfficeActivity row: flat, objects and arrays as JSON text. */
const officeActivity = (record: AuditData, era: Era): { readonly [column: string]: string } => {
  const row: { [column: string]: string } = {
    TenantId: '00000000-0000-4000-a000-00000000000f',
    RecordType: era === 'old' ? textOf(record, 'RecordType') : recordTypeName(record),
    TimeGenerated: zuluDate(record),
    UserType: USER_TYPES[textOf(record, 'UserType')] ?? 'Regular',
    Logon_Type: LOGON_TYPES[textOf(record, 'LogonType')] ?? '',
    OfficeId: textOf(record, 'Id'),
    SourceRecordId: textOf(record, 'Id'),
    UserId_: textOf(record, 'UserId'),
    OrganizationId_: textOf(record, 'OrganizationId'),
    SourceSystem: 'OfficeActivityManager',
    Type: 'OfficeActivity',
  };
  for (const field of AS_THEY_ARE) {
    const text = textOf(record, field);
    if (text !== '') row[RENAMED[field] ?? field] = text;
  }
  if (era === 'new') row['AppAccessContext'] = textOf(record, 'AppAccessContext');
  return row;
};

const OLD_LOSSES: readonly Loss[] = [
  'SessionId',
  'AADSessionId',
  'DeviceProperties',
  'OperationCount',
  'DeviceId',
];
/** The later schema has a column for AppAccessContext, and so the session id in it. */
const NEW_LOSSES = OLD_LOSSES.filter((loss) => loss !== 'AADSessionId');

const columnsOf = (rows: readonly { readonly [column: string]: string }[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

const sentinel = (
  name: string,
  title: string,
  era: Era,
  extension: Container['extension'],
  write: (rows: readonly { readonly [column: string]: string }[]) => Iterable<string>,
): Container => ({
  name,
  title,
  extension,
  encoding: 'utf-8',
  cannotCarry: era === 'old' ? OLD_LOSSES : NEW_LOSSES,
  text: (records) => write([...mapEach(records, (record) => officeActivity(record, era))]),
});

/** A time as the portal writes it for a browser in this setting. */
const DATES = {
  iso: (time: string) => time,
  american: (time: string) => {
    const [, year, month, day, hour = '', clock] = partsOf(time);
    const half = Number(hour) < 12 ? 'AM' : 'PM';
    return `${Number(month)}/${Number(day)}/${year}, ${Number(hour) % 12 || 12}:${clock} ${half}`;
  },
  dutch: (time: string) => {
    const [, year, month, day, hour, clock = ''] = partsOf(time);
    return `${Number(day)}-${Number(month)}-${year}, ${hour}:${clock.replace('.', ',')}`;
  },
} as const;

/** Year, month, day, hour, and minutes with seconds and milliseconds. */
const partsOf = (time: string): readonly (string | undefined)[] => {
  const withMilliseconds = time.replace(
    /(?:\.(\d+))?Z$/,
    (_, fraction: string | undefined) => `.${(fraction ?? '').padEnd(3, '0')}Z`,
  );
  return /^(\d+)-(\d+)-(\d+)T(\d+):(.*)Z$/.exec(withMilliseconds) ?? [];
};

export const sentinelContainers: readonly Container[] = [
  sentinel(
    'sentinel-old-ndjson',
    'Sentinel OfficeActivity, 2021 schema (NDJSON)',
    'old',
    'jsonl',
    (rows) => rows.map((row) => `${JSON.stringify(row)}\n`),
  ),
  sentinel('sentinel-json', 'Sentinel OfficeActivity (JSON array)', 'new', 'json', (rows) => [
    JSON.stringify(rows),
  ]),
  sentinel(
    'sentinel-tables',
    'Log Analytics answer: tables of columns and rows (JSON)',
    'new',
    'json',
    (rows) => {
      const columns = columnsOf(rows);
      const table = {
        name: 'PrimaryResult',
        columns: columns.map((column) => ({ name: column, type: 'string' })),
        rows: rows.map((row) => columns.map((column) => row[column] ?? '')),
      };
      return [JSON.stringify({ tables: [table] })];
    },
  ),
  sentinel(
    'sentinel-rows',
    'Log Analytics answer: column names and rows (JSON)',
    'old',
    'json',
    (rows) => {
      const columns = columnsOf(rows);
      const cells = rows.map((row) => columns.map((column) => row[column] ?? null));
      return [JSON.stringify({ columns, rows: cells })];
    },
  ),
  ...(['iso', 'american', 'dutch'] as const).map((setting) =>
    sentinel(
      setting === 'iso' ? 'sentinel-csv' : `sentinel-csv-${setting}`,
      `Sentinel OfficeActivity, portal export, ${setting} dates (CSV)`,
      'new',
      'csv',
      (rows) => {
        const named = rows.map(({ TimeGenerated = '', ...row }) => ({
          'TimeGenerated [UTC]': DATES[setting](TimeGenerated),
          ...row,
        }));
        return csvText(columnsOf(named), named, { delimiter: ',', quote: 'needed' });
      },
    ),
  ),
];

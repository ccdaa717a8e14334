import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { stated } from '../../domain/records/stated.ts';
import { DATE_ORDER, dateColumnOrder } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat, RowContent } from '../format.ts';
import { auditContent } from './audit-content.ts';
import { allColumns, readFields } from './cell-value.ts';
import { isPortalColumn, portalName } from './column-names.ts';
import { textField } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

/** Names that Sentinel's OfficeActivity gives to fields of AuditData, the best first. */
const CLASSIC: readonly (readonly [string, readonly string[]])[] = [
  ['Id', ['Id', 'OfficeId', 'SourceRecordId']],
  ['Workload', ['Workload', 'OfficeWorkload']],
  ['ClientIPAddress', ['ClientIPAddress', 'Client_IPAddress']],
  ['LogonType', ['LogonType', 'Logon_Type']],
  ['UserId', ['UserId', 'UserId_']],
  ['OrganizationId', ['OrganizationId', 'OrganizationId_']],
  ['SessionId', ['SessionId', 'Session_Id']],
  ['CreationTime', ['CreationTime', 'TimeGenerated']],
];

/** What Sentinel adds and no record has. */
const ADDED = new Set(
  'TenantId,SourceSystem,Type,OfficeTenantId,OfficeTenantId_,ElevationTime,Start_Time,ResultReasonType,_ResourceId'.split(
    ',',
  ),
);

const NUMBERS: { readonly [field: string]: { readonly [word: string]: number } } = {
  RecordType: {
    ExchangeAdmin: 1,
    ExchangeItem: 2,
    ExchangeItemGroup: 3,
    ExchangeItemAggregated: 50,
  },
  UserType: {
    Regular: 0,
    Reserved: 1,
    Admin: 2,
    DcAdmin: 3,
    System: 4,
    Application: 5,
    ServicePrincipal: 6,
    CustomPolicy: 7,
    SystemPolicy: 8,
  },
  LogonType: {
    Owner: 0,
    Admin: 1,
    Delegated: 2,
    Transport: 3,
    SystemService: 4,
    BestAccess: 5,
    DelegatedAdmin: 6,
  },
};

/** Behind the name of a field that is in local time. */
const LOCAL = ' [local]';

const asNumber = (field: string, value: JsonValue | undefined): JsonValue | undefined =>
  typeof value === 'string' ? (NUMBERS[field]?.[value] ?? value) : value;

/** Whether field or column names are those of OfficeActivity. */
const isOfficeActivity = (names: readonly string[]): boolean => {
  const known = new Set(names);
  return (
    known.has('Operation') &&
    names.some((name) => isPortalColumn(name, 'TimeGenerated')) &&
    ['OfficeWorkload', 'OfficeId', 'Client_IPAddress', 'Logon_Type'].some((name) => known.has(name))
  );
};

/** The fields by their names without `[UTC]`, and which of their times are of an unstated zone. */
const renamed = (
  entries: Iterable<readonly [string, JsonValue | undefined]>,
): readonly (readonly [string, JsonValue | undefined])[] =>
  [...entries].map(([column, value]) => {
    const { name, zone } = portalName(column);
    return [zone === 'local' ? `${name}${LOCAL}` : name, value] as const;
  });

/**
 * A row of OfficeActivity as AuditData: its own names, words made numbers, JSON text read. The
 * schema has no SessionId and no OperationCount (`formats.md` 2). `order`: of day and month in its
 * dates, as far as it is known (a FileOrder).
 */
const officeActivityContent = (
  entries: Iterable<readonly [string, JsonValue | undefined]>,
  order: JsonValue | undefined,
): RowContent => {
  const { fields, damage } = readFields(renamed(entries));
  if (damage !== null) return damage;
  const taken = new Set(CLASSIC.flatMap(([, names]) => names));
  const auditData: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!taken.has(name) && !ADDED.has(name) && !name.endsWith(LOCAL))
      auditData[name] = asNumber(name, value);
  }
  for (const [classic, names] of CLASSIC) {
    const name = names.find((candidate) => fields[candidate] !== undefined);
    if (name !== undefined) auditData[classic] = asNumber(classic, fields[name]);
  }
  const content = auditContent(auditData, { id: textField(auditData, 'Id'), time: null });
  const local = stated(textField(fields, `TimeGenerated${LOCAL}`));
  if (local !== null && auditData['CreationTime'] === undefined && content.kind === 'audit')
    return { ...content, date: { proves: null, doubt: 'zone', text: local } };
  return withRecordTime(content, '', order);
};

/** OfficeActivity exported from the Sentinel or Log Analytics portal. */
export const sentinelCsv: CsvFormat = {
  name: 'sentinel-officeactivity-csv',
  title: 'Sentinel OfficeActivity (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `"TimeGenerated [UTC]",Operation,OfficeWorkload,OfficeId,"Logon_Type",Folders
"2026-06-13T20:52:23Z",MailItemsAccessed,Exchange,00000000-0000-4000-8000-0000000000bf,Owner,"[{""FolderItems"":[{""InternetMessageId"":""<bf@fabrikam.example>""}]}]"
`,
  recognise: (header) => isOfficeActivity(header),
  facts: dateColumnOrder((name) => isPortalColumn(name, 'TimeGenerated')),
  reader: allColumns(officeActivityContent),
};

/** OfficeActivity of Sentinel: NDJSON, arrays, and API answers with tables of columns and rows. */
export const sentinelJson: JsonFormat = {
  name: 'sentinel-officeactivity-json',
  title: 'Sentinel OfficeActivity (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},{"name":"Operation","type":"string"},{"name":"OfficeWorkload","type":"string"},{"name":"OfficeId","type":"string"},{"name":"Folders","type":"string"}],
"rows":[["2026-06-13T20:52:23Z","MailItemsAccessed","Exchange","00000000-0000-4000-8000-0000000000be","[{\\"FolderItems\\":[{\\"InternetMessageId\\":\\"<be@fabrikam.example>\\"}],\\"Path\\":\\"\\\\\\\\Inbox\\"}]"]]}]}
`,
  recognise: (element) => isOfficeActivity(Object.keys(element)),
  read: (element, layout) =>
    officeActivityContent(Object.entries(element), layout.facts[DATE_ORDER]),
};

import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { CsvFormat, RowContent } from '../format.ts';
import { DATE_ORDER, dateColumnOrder } from '../dates/local-time.ts';
import { auditContent, NO_ENVELOPE } from './audit-content.ts';
import { readFields } from './cell-value.ts';
import { hasColumn } from './column-names.ts';
import { withRecordTime } from './record-date.ts';

const LOGON_TYPES: { readonly [word: string]: number } = {
  Owner: 0,
  Admin: 1,
  Delegate: 2,
  External: 1,
};

/** "MailAccessType:Bind;IsThrottled:False" as the list of pairs that AuditData has. */
const properties = (text: JsonValue | undefined): JsonValue[] =>
  typeof text !== 'string'
    ? []
    : text
        .split(/[;,]\s*/)
        .map((pair) => pair.split(':'))
        .filter((pair) => pair.length === 2)
        .map(([Name = '', Value = '']) => ({ Name: Name.trim(), Value: Value.trim() }));

const classic = (fields: JsonObject): JsonObject => {
  const { AggregatedRecordFoldersData: Folders, LogonType, OperationProperties, ...rest } = fields;
  const {
    Identity,
    OperationResult,
    AuditOperationsCountInAggregatedRecord: count,
    ...kept
  } = rest;
  return {
    ...kept,
    Id: Identity,
    ResultStatus: OperationResult,
    OperationCount: count,
    LogonType: typeof LogonType === 'string' ? (LOGON_TYPES[LogonType] ?? LogonType) : LogonType,
    OperationProperties: properties(OperationProperties),
    ...(Folders === undefined ? {} : { Folders: Array.isArray(Folders) ? Folders : [Folders] }),
  };
};

/** Search-MailboxAuditLog -ShowDetails | Export-Csv: retired, but in old cases (`formats.md` 1.3). */
export const mailboxAuditLog: CsvFormat = {
  name: 'search-mailboxauditlog-csv',
  title: 'Search-MailboxAuditLog | Export-Csv',
  kind: 'audit',
  container: 'csv',
  sample: `"Operation","OperationResult","LogonType","ClientInfoString","ClientIPAddress","MailboxOwnerUPN","SessionId","OperationProperties","AuditOperationsCountInAggregatedRecord","AggregatedRecordFoldersData","MailboxGuid","MailboxResolvedOwnerName","LastAccessed","Identity"\r
"MailItemsAccessed","Succeeded","Owner","Client=REST;;","203.0.113.5","anna@contoso.example","","MailAccessType:Bind","1","[{""Id"":""LgAB"",""Path"":""\\\\Inbox"",""FolderItems"":[{""InternetMessageId"":""<c8@fabrikam.example>""}]}]","00000000-0000-4000-8000-00000000000a","Anna","2020-06-13T20:52:23Z","00000000-0000-4000-8000-0000000000c8"\r
`,
  recognise: (header) =>
    hasColumn(header, 'Operation', 'LastAccessed', 'MailboxGuid') &&
    !hasColumn(header, 'AuditData'),
  facts: dateColumnOrder((name) => name.toLowerCase() === 'lastaccessed'),
  reader: (column, layout) => {
    const names = layout.header ?? [];
    for (const name of names) column(name);
    const accessed = column('LastAccessed');
    const order = layout.facts[DATE_ORDER];
    return (cells): RowContent => {
      const { fields, damage } = readFields(names.map((name, at) => [name, cells[at]] as const));
      if (damage !== null) return damage;
      const content = auditContent(classic(fields), NO_ENVELOPE);
      return withRecordTime(content, cells[accessed] ?? '', order);
    };
  },
};

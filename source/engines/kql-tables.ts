import { Problem } from '../domain/problem.ts';

/** A table that holds MailItemsAccessed records, and how one of its rows becomes a record. */
export interface KqlTable {
  readonly name: string;
  /** Columns that are read, with their types. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** The whole record, as a dynamic. */
  readonly record: string;
  /** When the row says that it happened; null: it does not. */
  readonly time: string | null;
  /** What picks mail accesses before anything is parsed; null: nothing can. */
  readonly where: string | null;
  /** The record's id where the record itself has none; null: nowhere. */
  readonly spareId: string | null;
  /** What is exported for `mia import`; null: the row as it stands. */
  readonly exported: readonly string[] | null;
  /** As which format the import recognises an export. */
  readonly format: string;
  /** What the reader has to know about this table, one sentence a line. */
  readonly notes: readonly string[];
}

const isMailAccess = (column: string): string => `${column} =~ "MailItemsAccessed"`;

const cloudAppEvents: KqlTable = {
  name: 'CloudAppEvents',
  columns: [
    ['Timestamp', 'datetime'],
    ['ActionType', 'string'],
    ['ReportId', 'string'],
    ['RawEventData', 'dynamic'],
  ],
  record: 'parse_json(tostring(RawEventData))',
  time: 'Timestamp',
  where: isMailAccess('ActionType'),
  spareId: String.raw`extract(@'_([0-9a-fA-F]{8}-[0-9a-fA-F-]{27})$', 1, ReportId)`,
  exported: ['Timestamp', 'ActionType', 'ReportId', 'RawEventData'],
  format: 'defender-cloudappevents-csv',
  notes: [
    'Defender keeps 30 days here. In Sentinel the time range of the portal also limits this query: set it to cover the period.',
  ],
};

/** Fields of a record by the columns that hold them, as they are. */
const OFFICE_TEXTS = {
  Id: 'coalesce(OfficeId, SourceRecordId)',
  Operation: 'Operation',
  RecordType: 'RecordType',
  UserId: 'UserId',
  UserType: 'UserType',
  LogonType: 'Logon_Type',
  LogonUserSid: 'LogonUserSid',
  MailboxGuid: 'MailboxGuid',
  MailboxOwnerUPN: 'MailboxOwnerUPN',
  MailboxOwnerSid: 'MailboxOwnerSid',
  ClientInfoString: 'ClientInfoString',
  ClientIPAddress: 'Client_IPAddress',
  ClientIP: 'ClientIP',
  AppId: 'AppId',
  ClientAppId: 'ClientAppId',
  SessionId: 'coalesce(column_ifexists("SessionId", ""), column_ifexists("Session_Id", ""))',
} as const;

/** Fields that are JSON: text in some workspaces, dynamic in others. */
const OFFICE_OBJECTS = {
  OperationProperties: 'OperationProperties',
  Folders: 'Folders',
  Item: 'Item',
  AppAccessContext: 'column_ifexists("AppAccessContext", dynamic(null))',
} as const;

const officeActivity: KqlTable = {
  name: 'OfficeActivity',
  columns: [
    ['TimeGenerated', 'datetime'],
    ...(
      'OfficeId SourceRecordId Operation OfficeWorkload RecordType UserId UserType Logon_Type LogonUserSid ' +
      'MailboxGuid MailboxOwnerUPN MailboxOwnerSid ClientInfoString Client_IPAddress ClientIP AppId ClientAppId ' +
      'OperationProperties Folders Item'
    )
      .split(' ')
      .map((name) => [name, 'string'] as const),
  ],
  record: `bag_pack(${[
    ...Object.entries(OFFICE_TEXTS).map(([field, column]) => `"${field}", ${column}`),
    ...Object.entries(OFFICE_OBJECTS).map(
      ([field, column]) => `"${field}", parse_json(tostring(${column}))`,
    ),
  ].join(', ')})`,
  time: 'TimeGenerated',
  where: isMailAccess('Operation'),
  spareId: null,
  exported: null,
  format: 'sentinel-officeactivity-csv',
  notes: [
    'OfficeActivity has no SessionId, OperationCount and DeviceId: sessions are derived unless AppAccessContext names one, and what records declare beyond their list is unknown (ItemsDeclared is empty).',
    'The time range of the portal also limits this query: set it to cover the period.',
  ],
};

const IDENTIFIER = /^[A-Za-z_]\w{0,199}$/;

const auditDataTable = (name: string): KqlTable => ({
  name,
  columns: [['AuditData', 'string']],
  record: 'parse_json(tostring(AuditData))',
  time: null,
  where: null,
  spareId: null,
  exported: ['AuditData'],
  format: 'auditdata-column-csv',
  notes: [
    'Rows are filtered by the time in AuditData alone. A portal also limits the query by when rows came in: set its time range to cover that.',
  ],
});

/**
 * The table of a name, without case for the two that are known; any other holds AuditData, as text or
 * dynamic. @throws Problem for a name that no table has.
 */
export const kqlTable = (name: string): KqlTable => {
  const known = [cloudAppEvents, officeActivity].find(
    (table) => table.name.toLowerCase() === name.toLowerCase(),
  );
  if (known !== undefined) return known;
  if (IDENTIFIER.test(name)) return auditDataTable(name);
  throw new Problem(
    'That is no name of a table.',
    'Write cloudappevents, officeactivity, or the name of a table with a column AuditData: letters, digits and _.',
  );
};

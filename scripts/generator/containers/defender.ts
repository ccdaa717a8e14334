import type { AuditData } from '../access.ts';
import { csvText } from '../csv.ts';
import type { Container } from './container.ts';
import { psText } from './powershell-text.ts';
import { textOf, zuluDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

/** A CloudAppEvents row without its RawEventData. */
const eventFields = (record: AuditData): AuditData => ({
  Timestamp: zuluDate(record),
  ActionType: textOf(record, 'Operation'),
  Application: 'Microsoft Exchange Online',
  ApplicationId: 20893,
  AccountObjectId: textOf(record, 'UserKey'),
  AccountDisplayName: textOf(record, 'UserId'),
  IsAdminOperation: false,
  DeviceType: 'Other',
  IPAddress: textOf(record, 'ClientIPAddress'),
  UserAgent: textOf(record, 'ClientInfoString'),
  ActivityType: 'Run',
  ObjectName: textOf(record, 'Operation'),
  ReportId: `106830890_20893_${textOf(record, 'Id')}`,
});

const rawEvent = (record: AuditData): AuditData => ({
  ...record,
  CreationTime: zuluDate(record),
});

const ndjson = (
  name: string,
  title: string,
  shape: (record: AuditData) => AuditData,
  cannotCarry: Container['cannotCarry'] = [],
): Container => ({
  name,
  title,
  extension: 'jsonl',
  encoding: 'utf-8',
  cannotCarry,
  text: (records) => mapEach(records, (record) => `${JSON.stringify(shape(record))}\n`),
});

/** ConvertTo-Json -Depth 2 of the row: what lies deeper becomes the text of an object. */
const damaged = (record: AuditData): AuditData =>
  Object.fromEntries(
    Object.entries(rawEvent(record)).map(([field, value]) => {
      if (Array.isArray(value)) return [field, value.map(psText)];
      if (typeof value !== 'object' || value === null) return [field, value];
      const shallow = Object.entries(value).map(([name, inner]) => [name, psText(inner)]);
      return [field, Object.fromEntries(shallow)];
    }),
  );

const csv: Container = {
  name: 'cloudapp-csv',
  title: 'Defender CloudAppEvents, portal export (CSV): RawEventData as text',
  extension: 'csv',
  encoding: 'utf-8-bom',
  cannotCarry: [],
  text: (records) => {
    const rows = [...records].map((record) => {
      const fields = Object.entries(eventFields(record)).map(([name, value]) => [
        name,
        String(value),
      ]);
      return { ...Object.fromEntries(fields), RawEventData: JSON.stringify(rawEvent(record)) };
    });
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return csvText(columns, rows, { delimiter: ',', quote: 'needed' });
  },
};

export const defenderContainers: readonly Container[] = [
  ndjson(
    'cloudapp-ndjson',
    'Defender CloudAppEvents (NDJSON): RawEventData as object',
    (record) => ({
      ...eventFields(record),
      RawEventData: rawEvent(record),
    }),
  ),
  ndjson(
    'cloudapp-string-ndjson',
    'Defender CloudAppEvents (NDJSON): RawEventData as text',
    (record) => ({
      ...eventFields(record),
      RawEventData: JSON.stringify(rawEvent(record)),
    }),
  ),
  ndjson('cloudapp-streaming', 'Defender streaming API (NDJSON)', (record) => ({
    time: zuluDate(record),
    tenantId: textOf(record, 'OrganizationId'),
    operationName: 'Publish',
    category: 'AdvancedHunting-CloudAppEvents',
    _TimeReceivedBySvc: zuluDate(record),
    properties: { ...eventFields(record), RawEventData: rawEvent(record) },
  })),
  ndjson(
    'cloudapp-depth-damaged',
    'Defender CloudAppEvents after ConvertTo-Json -Depth 2 (NDJSON): items lost',
    (record) => ({ ...eventFields(record), RawEventData: damaged(record) }),
    ['items'],
  ),
  csv,
];

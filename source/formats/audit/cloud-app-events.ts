import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { utcIso } from '../../domain/utc-time.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat, RowContent } from '../format.ts';
import { auditContent, auditValueContent, damaged } from './audit-content.ts';
import { hasColumn, portalName } from './column-names.ts';
import { textField } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

/** The event itself: the streaming API wraps it in {time, tenantId, category, properties}. */
const cloudAppEventOf = (element: JsonObject): JsonObject =>
  isObject(element['properties']) ? element['properties'] : element;

/** ReportId is "…_…_" and the record's id. */
const recordId = (event: JsonObject): string | null =>
  /_([0-9a-f]{8}-[0-9a-f-]{27})$/i.exec(textField(event, 'ReportId') ?? '')?.[1] ?? null;

/**
 * A row of Defender's CloudAppEvents: RawEventData is the whole record. Rows of other tables and
 * kinds, which come along in advanced hunting, have none: they are other operations.
 * `order`: of day and month in its dates, as far as it is known (a FileOrder).
 */
const cloudAppContent = (event: JsonObject, order: JsonValue | undefined): RowContent => {
  const raw = event['RawEventData'] ?? null;
  const date = textField(event, 'Timestamp') ?? textField(event, 'TimeGenerated') ?? '';
  const envelope = { id: recordId(event), time: utcIso(date) };
  if (raw !== null && raw !== '') {
    return withRecordTime(auditValueContent(raw, envelope), date, order);
  }
  const operation = textField(event, 'ActionType');
  if (operation === null) return damaged('no RawEventData and no ActionType in this row');
  if (operation === 'MailItemsAccessed') return damaged('RawEventData is missing in this row');
  return auditContent({ Operation: operation }, envelope);
};

const COLUMNS = new Set(['Timestamp', 'TimeGenerated', 'ActionType', 'ReportId', 'RawEventData']);

/** The columns that are read, by their names; times of an unstated zone are none. */
const columnsOf = (header: readonly string[]): readonly (readonly [string, string])[] =>
  header.flatMap((column) => {
    const { name, zone } = portalName(column);
    return zone === 'utc' && COLUMNS.has(name) ? [[name, column] as const] : [];
  });

/** Defender CloudAppEvents exported from advanced hunting or Log Analytics: RawEventData as JSON text. */
export const cloudAppEventsCsv: CsvFormat = {
  name: 'defender-cloudappevents-csv',
  title: 'Defender CloudAppEvents (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `Timestamp,ActionType,ReportId,RawEventData
2026-06-13T20:52:23Z,MailItemsAccessed,1_20893_00000000-0000-4000-8000-0000000000c3,"{""CreationTime"":""2026-06-13T20:52:23"",""Id"":""00000000-0000-4000-8000-0000000000c3"",""Operation"":""MailItemsAccessed""}"
`,
  recognise: (header) => hasColumn(header, 'ActionType', 'RawEventData'),
  reader: (column, layout) => {
    const places = columnsOf(layout.header ?? []).map(([name, at]) => [name, column(at)] as const);
    const order = layout.facts[DATE_ORDER];
    return (cells) =>
      cloudAppContent(
        Object.fromEntries(places.map(([name, at]) => [name, cells[at] ?? ''])),
        order,
      );
  },
};

/** Defender CloudAppEvents: advanced hunting results and the streaming API. */
export const cloudAppEventsJson: JsonFormat = {
  name: 'defender-cloudappevents-json',
  title: 'Defender CloudAppEvents (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"Timestamp":"2026-06-13T20:52:23Z","ActionType":"MailItemsAccessed","ReportId":"1_20893_00000000-0000-4000-8000-0000000000c1","RawEventData":{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000c1","Operation":"MailItemsAccessed"}}
{"time":"2026-06-13T20:53:00Z","category":"AdvancedHunting-CloudAppEvents","properties":{"ActionType":"MailItemsAccessed","RawEventData":{"CreationTime":"2026-06-13T20:53:00","Id":"00000000-0000-4000-8000-0000000000c2","Operation":"MailItemsAccessed","OperationProperties":["@{Value=Bind; Name=MailAccessType}"],"Folders":["@{Id=LgAB; Path=\\\\Inbox; FolderItems=System.Object[]}"]}}}
`,
  recognise: (element) => {
    const event = cloudAppEventOf(element);
    return 'ActionType' in event && 'RawEventData' in event;
  },
  read: (element, layout) => cloudAppContent(cloudAppEventOf(element), layout.facts[DATE_ORDER]),
};

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { utcIso } from '../../domain/utc-time.ts';
import type { RowContent } from '../format.ts';
import { auditContent, auditValueContent, damaged } from './audit-content.ts';
import { textField } from './fields.ts';
import { withRecordTime } from './record-date.ts';

/** The event itself: the streaming API wraps it in {time, tenantId, category, properties}. */
export const cloudAppEventOf = (element: JsonObject): JsonObject =>
  isObject(element['properties']) ? element['properties'] : element;

/** ReportId is "…_…_" and the record's id. */
const recordId = (event: JsonObject): string | null =>
  /_([0-9a-f]{8}-[0-9a-f-]{27})$/i.exec(textField(event, 'ReportId') ?? '')?.[1] ?? null;

/**
 * A row of Defender's CloudAppEvents: RawEventData is the whole record. Rows of other tables and
 * kinds, which come along in advanced hunting, have none: they are other operations.
 * `order`: of day and month in its dates, as far as it is known (a FileOrder).
 */
export const cloudAppContent = (event: JsonObject, order: JsonValue | undefined): RowContent => {
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

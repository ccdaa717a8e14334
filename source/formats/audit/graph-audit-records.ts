import { isObject, type JsonObject } from '../../domain/json.ts';
import { utcIso } from '../../domain/utc-time.ts';
import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditValueContent } from './audit-content.ts';
import { dateField, textField } from '../json/fields.ts';
import { withoutAnnotations } from './odata-annotations.ts';
import { withRecordTime } from './record-date.ts';

const NAMES = ['id', 'createdDateTime', 'auditLogRecordType', 'auditData'] as const;

/** What is read of an envelope, by the names of the documentation: they have come with a capital. */
const envelopeOf = (element: JsonObject): JsonObject =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = element[name] ?? element[name.slice(0, 1).toUpperCase() + name.slice(1)];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Records of Graph's audit log queries: pages as fetched, or collected (Get-UALGraph). */
export const graphAuditRecords: JsonFormat = {
  name: 'graph-audit-json',
  title: 'Microsoft Graph audit records (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#security/auditLog/queries('1')/records","value":[
{"id":"00000000-0000-4000-8000-0000000000b6","createdDateTime":"2026-06-13T08:28:17Z","auditLogRecordType":"ExchangeItemAggregated","operation":"MailItemsAccessed","clientIp":null,"auditData":{"@odata.type":"#microsoft.graph.security.defaultAuditData","CreationTime":"2026-06-13T08:28:17Z","Id":"00000000-0000-4000-8000-0000000000b6","Operation":"MailItemsAccessed","RecordType@odata.type":"#Int64","RecordType":50}}
]}
`,
  recognise: (element) => {
    const { auditData, createdDateTime, auditLogRecordType } = envelopeOf(element);
    const [time, type] = [createdDateTime !== undefined, auditLogRecordType !== undefined];
    // One that came without its auditData is a damaged row, not another kind of file.
    return auditData === undefined ? time && type : time || type;
  },
  read: (stated, layout) => {
    const element = envelopeOf(stated);
    const data = element['auditData'];
    const date = dateField(element, 'createdDateTime');
    const envelope = { id: textField(element, 'id'), time: utcIso(date) };
    const content = auditValueContent(isObject(data) ? withoutAnnotations(data) : data, envelope);
    return withRecordTime(content, date, layout.facts[DATE_ORDER]);
  },
};

import { utcIso } from '../../domain/utc-time.ts';
import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditValueContent } from './audit-content.ts';
import { dateField, textField } from './fields.ts';
import { withRecordTime } from './record-date.ts';

/**
 * Rows of Search-UnifiedAuditLog as JSON, AuditData as an object or as text: what
 * Microsoft-Extractor-Suite Get-UAL writes, appended arrays, merged files and JSONL alike.
 */
export const searchUnifiedAuditLogJson: JsonFormat = {
  name: 'search-unifiedauditlog-json',
  title: 'Search-UnifiedAuditLog as JSON (Microsoft-Extractor-Suite)',
  kind: 'audit',
  container: 'json',
  sample: `[{"RecordType":"ExchangeItemAggregated","CreationDate":"2026-06-13T10:48:21Z","UserIds":"anna@contoso.example","Operations":"MailItemsAccessed","AuditData":{"CreationTime":"2026-06-13T10:48:21","Id":"00000000-0000-4000-8000-0000000000b7","Operation":"MailItemsAccessed"},"Identity":"00000000-0000-4000-8000-0000000000b7"}]

{"RecordType":"ExchangeItemAggregated","CreationDate":"2026-06-13T10:49:00Z","UserIds":"anna@contoso.example","Operations":"MailItemsAccessed","AuditData":"{\\"CreationTime\\":\\"2026-06-13T10:49:00\\",\\"Id\\":\\"00000000-0000-4000-8000-0000000000b8\\",\\"Operation\\":\\"MailItemsAccessed\\"}"}
`,
  recognise: (element) => 'AuditData' in element && !('_raw' in element),
  read: (element, layout) => {
    const id = textField(element, 'Identity') ?? textField(element, 'RecordId');
    const date = dateField(element, 'CreationDate');
    const content = auditValueContent(element['AuditData'], { id, time: utcIso(date) });
    return withRecordTime(content, date, layout.facts[DATE_ORDER]);
  },
};

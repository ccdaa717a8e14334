import { utcIso } from '../../domain/utc-time.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat } from '../format.ts';
import { auditValueContent } from './audit-content.ts';
import { auditTable } from './audit-table.ts';
import { auditTableOf } from './column-names.ts';
import { dateField, textField } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

/**
 * `Search-UnifiedAuditLog | Export-Csv`, with and without the PS* columns and the `#TYPE` line; also
 * written by Microsoft-Extractor-Suite Get-UAL, PwC Office-365-Extractor and AzureHunter.
 * CreationDate is in the collector's locale.
 */
export const searchUnifiedAuditLog: CsvFormat = {
  name: 'search-unifiedauditlog-csv',
  title: 'Search-UnifiedAuditLog | Export-Csv',
  kind: 'audit',
  container: 'csv',
  sample: `#TYPE Microsoft.Exchange.Management.SystemConfigurationTasks.UnifiedAuditEvent\r
"PSComputerName","RunspaceId","PSShowComputerName","RecordType","CreationDate","UserIds","Operations","AuditData","ResultIndex","ResultCount","Identity","IsValid","ObjectState"\r
"outlook.office365.com","00000000-0000-4000-8000-00000000000f","False","ExchangeItemAggregated","6/13/2026 10:48:21 AM","anna@contoso.example","MailItemsAccessed","{""CreationTime"":""2026-06-13T10:48:21"",""Id"":""00000000-0000-4000-8000-0000000000b3"",""Operation"":""MailItemsAccessed""}","1","1","00000000-0000-4000-8000-0000000000b3","True","Unchanged"\r
`,
  recognise: (header) => auditTableOf(header) === 'search',
  ...auditTable({ auditData: 'AuditData', id: 'Identity', date: 'CreationDate' }),
};

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

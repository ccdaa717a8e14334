import type { CsvFormat } from '../format.ts';
import { auditTable } from './audit-table.ts';
import { auditTableOf } from './column-names.ts';

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

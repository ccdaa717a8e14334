import type { CsvFormat } from '../format.ts';
import { auditTable } from './audit-table.ts';
import { auditTableOf } from './column-names.ts';

/** What is left when somebody selects columns before Export-Csv: AuditData, and anything beside it. */
export const auditDataColumn: CsvFormat = {
  name: 'auditdata-column-csv',
  title: 'CSV with a column AuditData',
  kind: 'audit',
  container: 'csv',
  sample: `"AuditData"\r
"{""CreationTime"":""2026-06-13T10:48:21"",""Id"":""00000000-0000-4000-8000-0000000000b4"",""Operation"":""MailItemsAccessed""}"\r
`,
  recognise: (header) => auditTableOf(header) === 'auditDataOnly',
  ...auditTable({ auditData: 'AuditData', id: 'Identity', date: 'CreationDate' }),
};

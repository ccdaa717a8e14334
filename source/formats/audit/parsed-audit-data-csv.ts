import type { CsvFormat } from '../format.ts';
import { dateColumnOrder } from '../dates/local-time.ts';
import { auditContent, NO_ENVELOPE } from './audit-content.ts';
import { allColumns, readFields } from './cell-value.ts';
import { hasColumn } from './column-names.ts';
import { isFlattened } from './flattened.ts';
import { withRecordTime } from './record-date.ts';

/**
 * Export-Csv of parsed records: Hawk's .csv, Microsoft-Extractor-Suite -AuditDataOnly. Every list
 * has become `System.Object[]`, and the message ids with it.
 */
export const parsedAuditDataCsv: CsvFormat = {
  name: 'auditdata-parsed-csv',
  title: 'Parsed AuditData (CSV; Hawk, -AuditDataOnly): items lost',
  kind: 'audit',
  container: 'csv',
  sample: `"CreationTime","Id","Operation","RecordType","Workload","OperationProperties","Folders","OperationCount"\r
"2026-06-13T20:52:23","00000000-0000-4000-8000-0000000000bd","MailItemsAccessed","50","Exchange","System.Object[]","System.Object[]","2"\r
`,
  recognise: (header) =>
    hasColumn(header, 'Operation', 'CreationTime', 'Id') &&
    !hasColumn(header, 'AuditData') &&
    !hasColumn(header, 'RawEventData') &&
    !hasColumn(header, '_raw') &&
    !isFlattened(header),
  facts: dateColumnOrder((name) => name.toLowerCase() === 'creationtime'),
  reader: allColumns((entries, order) => {
    const { fields, damage } = readFields(entries);
    return damage ?? withRecordTime(auditContent(fields, NO_ENVELOPE), '', order);
  }),
};

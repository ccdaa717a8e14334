import type { CsvFormat } from '../format.ts';
import { DATE_ORDER, dateOrderOf } from '../dates/local-time.ts';
import { auditContent, NO_ENVELOPE } from './audit-content.ts';
import { hasColumn } from './column-names.ts';
import { isFlattened, unflatten } from './flattened.ts';
import { withRecordTime } from './record-date.ts';

/**
 * Hawk's Simple_*.csv: records flattened into columns. Export-Csv takes its columns from the first
 * record, so later ones lose items; their OperationCount tells.
 */
export const hawkSimpleCsv: CsvFormat = {
  name: 'hawk-simple-csv',
  title: 'Hawk Simple (CSV, flattened)',
  kind: 'audit',
  container: 'csv',
  sample: `"CreationTime","Id","Operation","OperationProperties_0_Name","OperationProperties_0_Value","Folders_0_FolderItems_0_InternetMessageId","Folders_0_Path"\r
"2026-06-13T20:52:23","00000000-0000-4000-8000-0000000000bb","MailItemsAccessed","MailAccessType","Bind","<bb@fabrikam.example>","\\Inbox"\r
`,
  recognise: (header) =>
    hasColumn(header, 'Operation', 'CreationTime') &&
    !hasColumn(header, 'AuditData') &&
    isFlattened(header),
  facts: (header, rows) => {
    const at = header.findIndex((name) => name.toLowerCase() === 'creationtime');
    return { [DATE_ORDER]: dateOrderOf(rows.map((cells) => cells[at] ?? '')) };
  },
  reader: (column, layout) => {
    const names = layout.header ?? [];
    for (const name of names) column(name);
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const fields = unflatten(names.map((name, at) => [name, cells[at]] as const));
      return withRecordTime(auditContent(fields, NO_ENVELOPE), '', order);
    };
  },
};

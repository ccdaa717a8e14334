import { DATE_ORDER, dateColumnOrder } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat } from '../format.ts';
import { auditContent, NO_ENVELOPE } from './audit-content.ts';
import { allColumns } from './cell-value.ts';
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
  facts: dateColumnOrder((name) => name.toLowerCase() === 'creationtime'),
  reader: allColumns((entries, order) =>
    withRecordTime(auditContent(unflatten(entries), NO_ENVELOPE), '', order),
  ),
};

/** Hawk's Simple_*.json: records flattened into one level. */
export const hawkSimpleJson: JsonFormat = {
  name: 'hawk-simple-json',
  title: 'Hawk Simple (JSON, flattened)',
  kind: 'audit',
  container: 'json',
  sample: `[{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000bc","Operation":"MailItemsAccessed","OperationProperties_0_Name":"MailAccessType","OperationProperties_0_Value":"Bind","Folders_0_FolderItems_0_InternetMessageId":"<bc@fabrikam.example>","Folders_0_Path":"\\\\Inbox"}]
`,
  recognise: (element) =>
    'Operation' in element && 'CreationTime' in element && isFlattened(Object.keys(element)),
  read: (element, layout) => {
    const content = auditContent(unflatten(Object.entries(element)), NO_ENVELOPE);
    return withRecordTime(content, '', layout.facts[DATE_ORDER]);
  },
};

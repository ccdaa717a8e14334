import { isObject, type JsonObject } from '../../domain/json.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import type { CsvFormat, JsonFormat, RowContent } from '../format.ts';
import { auditContent, auditTextContent, damaged, NO_ENVELOPE } from './audit-content.ts';
import { auditTableOf } from './column-names.ts';
import { objectAt, textField } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

/** What Splunk indexed, `_raw`: a bare record, or a row of Search-UnifiedAuditLog around it. */
const splunkContent = (raw: string): RowContent => {
  if (raw.trim() === '') return damaged('_raw is empty');
  const content = auditTextContent(raw, NO_ENVELOPE);
  if (content.kind !== 'audit') {
    return content.kind === 'damaged'
      ? damaged(content.reason.replaceAll('AuditData', '_raw'))
      : content;
  }
  const inner = content.auditData['AuditData'];
  if (isObject(inner)) return auditContent(inner, NO_ENVELOPE);
  return typeof inner === 'string' ? auditTextContent(inner, NO_ENVELOPE) : content;
};

/** A Splunk search exported as CSV. AuditData may be empty, and `_raw` may be cut. */
export const splunkCsv: CsvFormat = {
  name: 'splunk-csv',
  title: 'Splunk search results (CSV)',
  kind: 'audit',
  container: 'csv',
  sample: `"AuditData",CreationDate,Identity,Operations,"_raw","_time"
,,,MailItemsAccessed,"{""CreationTime"":""2026-06-13T20:52:23"",""Id"":""00000000-0000-4000-8000-0000000000c5"",""Operation"":""MailItemsAccessed""}","2026-06-13T20:52:23.000+0000"
`,
  recognise: (header) => auditTableOf(header) === 'splunk',
  reader: (column, layout) => {
    const [auditData, identity, raw] = [column('AuditData'), column('Identity'), column('_raw')];
    const date = column('CreationDate');
    const order = layout.facts[DATE_ORDER];
    const read = (cells: readonly string[]): RowContent => {
      const text = cells[auditData] ?? '';
      if (text.trim() !== '') {
        const envelope = { ...NO_ENVELOPE, id: cells[identity] || null };
        const content = auditTextContent(text, envelope);
        if (content.kind === 'audit') return content;
        const whole = splunkContent(cells[raw] ?? '');
        return whole.kind === 'audit' ? whole : content;
      }
      return splunkContent(cells[raw] ?? '');
    };
    return (cells) => withRecordTime(read(cells), cells[date] ?? '', order);
  },
};

/** `_raw`, or the field AuditData that Splunk took out of it. */
const rawOf = (element: JsonObject): string | null => {
  const result = objectAt(element, 'result');
  const raw = textField(result ?? element, '_raw');
  return raw ?? (result === null ? null : textField(result, 'AuditData'));
};

/** Results of a Splunk search: {"preview", "offset", "result": {"_raw": record}} a line. */
export const splunkJson: JsonFormat = {
  name: 'splunk-json',
  title: 'Splunk search results (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"preview":false,"offset":0,"result":{"_raw":"{\\"CreationTime\\":\\"2026-06-13T20:52:23\\",\\"Id\\":\\"00000000-0000-4000-8000-0000000000c4\\",\\"Operation\\":\\"MailItemsAccessed\\"}","_time":"2026-06-13T20:52:23Z"}}
`,
  recognise: (element) => rawOf(element) !== null,
  read: (element) => splunkContent(rawOf(element) ?? ''),
};

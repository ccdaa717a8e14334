import type { CsvFormat, RowContent } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditTextContent, NO_ENVELOPE } from './audit-content.ts';
import { auditTableOf } from './column-names.ts';
import { withRecordTime } from './record-date.ts';
import { splunkContent } from './splunk-event.ts';

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

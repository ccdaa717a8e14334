import type { JsonObject } from '../../domain/json.ts';
import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditContent, damaged, NO_ENVELOPE } from './audit-content.ts';
import { dateField, objectAt } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

const recordOf = (element: JsonObject): JsonObject | null =>
  objectAt(element, 'data', 'office365') ?? objectAt(element, '_source', 'data', 'office365');

/** Alerts of Wazuh: the record is in data.office365. */
export const wazuh: JsonFormat = {
  name: 'wazuh-office365-json',
  title: 'Wazuh office365 alerts (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"timestamp":"2026-06-13T20:53:00.000+0000","rule":{"id":"91556"},"data":{"integration":"office365","office365":{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000c7","Operation":"MailItemsAccessed","Subscription":"Audit.Exchange"}}}
`,
  recognise: (element) => recordOf(element) !== null,
  read: (element, layout) => {
    const record = recordOf(element);
    if (record === null) return damaged('no data.office365 in this alert');
    const content = auditContent(record, NO_ENVELOPE);
    return withRecordTime(content, dateField(element, 'timestamp'), layout.facts[DATE_ORDER]);
  },
};

import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditContent, NO_ENVELOPE } from './audit-content.ts';
import { isFlattened, unflatten } from './flattened.ts';
import { withRecordTime } from './record-date.ts';

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

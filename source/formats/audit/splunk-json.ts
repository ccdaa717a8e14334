import type { JsonObject } from '../../domain/json.ts';
import type { JsonFormat } from '../format.ts';
import { objectAt, textField } from './fields.ts';
import { splunkContent } from './splunk-event.ts';

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

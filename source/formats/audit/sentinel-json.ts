import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { isOfficeActivity, officeActivityContent } from './office-activity.ts';

/** OfficeActivity of Sentinel: NDJSON, arrays, and API answers with tables of columns and rows. */
export const sentinelJson: JsonFormat = {
  name: 'sentinel-officeactivity-json',
  title: 'Sentinel OfficeActivity (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},{"name":"Operation","type":"string"},{"name":"OfficeWorkload","type":"string"},{"name":"OfficeId","type":"string"},{"name":"Folders","type":"string"}],
"rows":[["2026-06-13T20:52:23Z","MailItemsAccessed","Exchange","00000000-0000-4000-8000-0000000000be","[{\\"FolderItems\\":[{\\"InternetMessageId\\":\\"<be@fabrikam.example>\\"}],\\"Path\\":\\"\\\\\\\\Inbox\\"}]"]]}]}
`,
  recognise: (element) => isOfficeActivity(Object.keys(element)),
  read: (element, layout) =>
    officeActivityContent(Object.entries(element), layout.facts[DATE_ORDER]),
};

import type { JsonObject } from '../../domain/json.ts';
import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditContent, damaged, NO_ENVELOPE } from './audit-content.ts';
import { isFlattened } from './flattened.ts';
import { withoutAnnotations } from './odata-annotations.ts';
import { withRecordTime } from './record-date.ts';

/** Fields by which other containers of the same flat look are known. */
const OTHERS = [
  'AuditData',
  'OfficeWorkload',
  'OfficeId',
  'Client_IPAddress',
  'RawEventData',
  '_raw',
];

const isBareAuditData = (element: JsonObject): boolean =>
  'Operation' in element &&
  ('CreationTime' in element || ('Id' in element && 'RecordType' in element)) &&
  !OTHERS.some((name) => name in element) &&
  !isFlattened(Object.keys(element));

/**
 * AuditData with nothing around it: blobs of the Management Activity API, Untitled Goose,
 * DFIR-O365RC, SOF-ELK, office365-log-collector, Hawk, and -AuditDataOnly.
 */
export const bareAuditData: JsonFormat = {
  name: 'auditdata-json',
  title: 'AuditData records (JSON or NDJSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000b9","Operation":"MailItemsAccessed","RecordType":50,"Workload":"Exchange"}
{"CreationTime":"2026-06-13T22:30:06","Id":"00000000-0000-4000-8000-0000000000ba","Operation":"Send","RecordType":2,"Workload":"Exchange"}
`,
  recognise: isBareAuditData,
  read: (element, layout) => {
    if (!('Operation' in element)) return damaged('no audit record: it has no Operation');
    // DFIR-O365RC takes them from Graph as they are.
    const record = '@odata.type' in element ? withoutAnnotations(element) : element;
    return withRecordTime(auditContent(record, NO_ENVELOPE), '', layout.facts[DATE_ORDER]);
  },
};

import { isObject, type JsonObject } from '../../domain/json.ts';
import type { JsonFormat } from '../format.ts';
import { DATE_ORDER } from '../dates/local-time.ts';
import { auditContent, auditTextContent, damaged, NO_ENVELOPE } from './audit-content.ts';
import { dateField, objectAt, textField } from '../json/fields.ts';
import { withRecordTime } from './record-date.ts';

/** A hit of a search, or the document alone as Filebeat writes it. */
const documentOf = (element: JsonObject): JsonObject => objectAt(element, '_source') ?? element;

/** `o365.audit` as nested objects, or under dotted names as some exports have it. */
const auditOf = (document: JsonObject): JsonObject | null => {
  const nested = objectAt(document, 'o365', 'audit');
  if (nested !== null) return nested;
  const dotted = Object.entries(document).filter(([name]) => name.startsWith('o365.audit.'));
  if (dotted.length === 0) return null;
  return Object.fromEntries(
    dotted.map(([name, value]) => [name.slice('o365.audit.'.length), value]),
  );
};

const originalOf = (document: JsonObject): string | null =>
  textField(objectAt(document, 'event') ?? {}, 'original') ?? textField(document, 'event.original');

/** Newer versions call the folders by another name. */
const classic = ({ ExchangeAggregatedFolders, ...audit }: JsonObject): JsonObject =>
  ExchangeAggregatedFolders === undefined || audit['Folders'] !== undefined
    ? audit
    : { ...audit, Folders: ExchangeAggregatedFolders };

/** Elastic's o365.audit. `event.original` is the record as it was, so it comes first. */
export const elastic: JsonFormat = {
  name: 'elastic-o365-json',
  title: 'Elastic o365.audit (JSON)',
  kind: 'audit',
  container: 'json',
  sample: `{"hits":{"total":{"value":1},"hits":[{"_id":"c6","_source":{"@timestamp":"2026-06-13T20:52:23.000Z","event":{"dataset":"o365.audit"},"o365":{"audit":{"CreationTime":"2026-06-13T20:52:23","Id":"00000000-0000-4000-8000-0000000000c6","Operation":"MailItemsAccessed","RecordType":"50","ExchangeAggregatedFolders":[{"FolderItems":[{"InternetMessageId":"<c6@fabrikam.example>"}],"Path":"\\\\Inbox"}]}}}}]}}
`,
  recognise: (element) => auditOf(documentOf(element)) !== null,
  read: (element, layout) => {
    const document = documentOf(element);
    const [date, order] = [dateField(document, '@timestamp'), layout.facts[DATE_ORDER]];
    const original = originalOf(document);
    if (original !== null) {
      const content = auditTextContent(original, NO_ENVELOPE);
      if (content.kind === 'audit' && textField(content.auditData, 'Operation') !== null)
        return withRecordTime(content, date, order);
    }
    const audit = auditOf(document);
    if (!isObject(audit)) return damaged('no o365.audit in this document');
    return withRecordTime(auditContent(classic(audit), NO_ENVELOPE), date, order);
  },
};

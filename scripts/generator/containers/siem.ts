import type { AuditData } from '../access.ts';
import type { Container } from './container.ts';
import { textOf, zuluDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

const STRINGS = ['RecordType', 'UserType', 'LogonType', 'InternalLogonType', 'Version'];

/** Elastic keeps PascalCase, makes enumerations strings, and renamed Folders later on. */
const elasticAudit = (record: AuditData, renamed: boolean): AuditData =>
  Object.fromEntries(
    Object.entries(record).map(([field, value]) => [
      renamed && field === 'Folders' ? 'ExchangeAggregatedFolders' : field,
      STRINGS.includes(field) ? String(value) : value,
    ]),
  );

const elasticHit = (record: AuditData, renamed: boolean, original: boolean): AuditData => ({
  _index: '.ds-logs-o365.audit-default-2026.09.01-000001',
  _id: textOf(record, 'Id'),
  _source: {
    '@timestamp': zuluDate(record),
    event: {
      action: textOf(record, 'Operation'),
      dataset: 'o365.audit',
      ...(original ? { original: JSON.stringify(record) } : {}),
    },
    o365: { audit: elasticAudit(record, renamed) },
  },
});

const lines = (
  name: string,
  title: string,
  shape: (record: AuditData) => AuditData,
): Container => ({
  name,
  title,
  extension: 'jsonl',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => mapEach(records, (record) => `${JSON.stringify(shape(record))}\n`),
});

const elasticResponse: Container = {
  name: 'elastic-response',
  title: 'Elastic o365.audit, a search response (JSON)',
  extension: 'json',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => {
    const hits = [...records].map((record) => elasticHit(record, true, true));
    return [JSON.stringify({ took: 3, hits: { total: { value: hits.length }, hits } })];
  },
};

export const siemContainers: readonly Container[] = [
  lines('splunk-json', 'Splunk search results (JSON lines with result._raw)', (record) => ({
    preview: false,
    offset: 0,
    result: { _raw: JSON.stringify(record), _time: zuluDate(record) },
  })),
  lines('elastic-old', 'Elastic o365.audit (NDJSON), Folders', (record) =>
    elasticHit(record, false, false),
  ),
  lines('elastic-new', 'Elastic o365.audit (NDJSON), ExchangeAggregatedFolders', (record) =>
    elasticHit(record, true, false),
  ),
  lines('elastic-original', 'Elastic o365.audit (NDJSON) with event.original', (record) =>
    elasticHit(record, true, true),
  ),
  elasticResponse,
  lines('wazuh', 'Wazuh alerts.json', (record) => ({
    timestamp: zuluDate(record),
    rule: { level: 3, description: 'Office 365: Exchange item events.', id: '91556' },
    agent: { id: '000', name: 'wazuh' },
    decoder: { name: 'json' },
    data: { integration: 'office365', office365: { ...record, Subscription: 'Audit.Exchange' } },
    location: 'office365',
  })),
];

import type { AuditData } from '../access.ts';
import { csvText } from '../csv.ts';
import type { Container } from './container.ts';
import { recordTypeName, textOf, zuluDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

/** AuditData as Graph hands it out: sidecars beside arrays and numbers, a Z, __NULL__. */
const graphAuditData = (record: AuditData): AuditData => {
  const written: { [field: string]: unknown } = {
    '@odata.type': '#microsoft.graph.security.defaultAuditData',
  };
  for (const [field, value] of Object.entries(record)) {
    if (field === 'RecordType' || field === 'Version') written[`${field}@odata.type`] = '#Int64';
    if (Array.isArray(value))
      written[`${field}@odata.type`] = '#Collection(microsoft.graph.security.auditDataItem)';
    written[field] = field === 'CreationTime' ? `${String(value)}Z` : value;
  }
  return { ObjectId: '__NULL__', ...written };
};

/** The envelope: clientIp null, userId and userPrincipalName crossed (`formats.md` 2). */
const envelope = (record: AuditData): AuditData => ({
  id: textOf(record, 'Id'),
  createdDateTime: zuluDate(record),
  auditLogRecordType: recordTypeName(record),
  operation: textOf(record, 'Operation'),
  organizationId: textOf(record, 'OrganizationId'),
  userType: 'Regular',
  userId: textOf(record, 'UserKey'),
  service: textOf(record, 'Workload'),
  objectId: '',
  userPrincipalName: textOf(record, 'UserId'),
  clientIp: null,
  administrativeUnits: [''],
  auditData: graphAuditData(record),
});

const PAGE = 150;
const CONTEXT =
  "https://graph.microsoft.com/v1.0/$metadata#security/auditLog/queries('00000000-0000-4000-a000-000000000001')/records";

function* pages(records: Iterable<AuditData>): Generator<AuditData> {
  const rows = [...records];
  for (let from = 0; from === 0 || from < rows.length; from += PAGE) {
    const more = from + PAGE < rows.length;
    yield {
      '@odata.context': CONTEXT,
      ...(more ? { '@odata.nextLink': `${CONTEXT}?$skiptoken=${from + PAGE}` } : {}),
      value: rows.slice(from, from + PAGE).map(envelope),
    };
  }
}

const graphPage: Container = {
  name: 'graph-page',
  title: 'Graph audit records, one page (JSON)',
  extension: 'json',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => [
    JSON.stringify({ '@odata.context': CONTEXT, value: [...records].map(envelope) }, null, 1),
  ],
};

const graphPages: Container = {
  name: 'graph-pages',
  title: 'Graph audit records, page after page in one file (JSON)',
  extension: 'json',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => mapEach(pages(records), (page) => `${JSON.stringify(page)}\n`),
};

const ualGraphJson: Container = {
  name: 'ualgraph-json',
  title: 'Microsoft-Extractor-Suite Get-UALGraph (JSON)',
  extension: 'json',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => [`${JSON.stringify([...records].map(envelope), null, 2)}\n`],
};

const COLUMNS =
  'id,createdDateTime,auditLogRecordType,operation,organizationId,userType,userId,service,objectId,userPrincipalName,clientIp,administrativeUnits,auditData';

const ualGraphCsv: Container = {
  name: 'ualgraph-csv',
  title: 'Microsoft-Extractor-Suite Get-UALGraph (CSV): auditData over several lines',
  extension: 'csv',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => {
    const rows = mapEach(records, (record) => {
      const row = envelope(record);
      const cells = COLUMNS.split(',').map((column) => [column, textOf(row, column)]);
      const auditData = JSON.stringify(row['auditData'], null, 2).replaceAll('\n', '\r\n');
      return { ...Object.fromEntries(cells), auditData };
    });
    return csvText(COLUMNS.split(','), rows, { delimiter: ',', quote: 'all' });
  },
};

const ualGraphJsonl: Container = {
  name: 'ualgraph-jsonl',
  title: 'Microsoft-Extractor-Suite Get-UALGraph (JSONL): auditData a line',
  extension: 'jsonl',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => mapEach(records, (record) => `${JSON.stringify(graphAuditData(record))}\n`),
};

export const graphContainers: readonly Container[] = [
  graphPage,
  graphPages,
  ualGraphJson,
  ualGraphCsv,
  ualGraphJsonl,
];

import { csvLine, csvText } from '../csv.ts';
import type { Container } from './container.ts';
import { isoDate, textOf, usDate } from './record-fields.ts';
import { mapEach } from '../map-each.ts';

const HEADER =
  'RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\r\n';

const purview = (name: string, title: string, dateOf: typeof isoDate): Container => ({
  name,
  title,
  extension: 'csv',
  encoding: 'utf-8',
  cannotCarry: [],
  text: function* (records) {
    yield HEADER;
    for (const record of records) {
      // Only AuditData is quoted in the real file; written by hand since this one must be fast.
      const data = JSON.stringify(record).replaceAll(/"/gu, '""');
      const cells = `${textOf(record, 'Id')},${dateOf(record)},${textOf(record, 'RecordType')}`;
      yield `${cells},${textOf(record, 'Operation')},${textOf(record, 'UserId')},"${data}",,\r\n`;
    }
  },
});

const oldPortal: Container = {
  name: 'old-portal-csv',
  title: 'Old compliance portal export, as Untitled Goose reads it (CSV)',
  extension: 'csv',
  encoding: 'utf-8-bom',
  cannotCarry: [],
  text: function* (records) {
    const style = { delimiter: ',', quote: 'needed' } as const;
    yield csvLine(['CreationDate', 'UserIds', 'Operations', 'AuditData'], style);
    for (const record of records) {
      const [user, operation] = [textOf(record, 'UserId'), textOf(record, 'Operation')];
      yield csvLine([isoDate(record), user, operation, JSON.stringify(record)], style);
    }
  },
};

const splunkCsv: Container = {
  name: 'splunk-csv',
  title: 'Splunk export of a Search-UnifiedAuditLog CSV: columns in alphabet order, and _raw',
  extension: 'csv',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => {
    const columns =
      'AuditData,CreationDate,Identity,Operations,RecordType,UserIds,_raw,_time,source';
    const rows = mapEach(records, (record) => ({
      AuditData: JSON.stringify(record),
      CreationDate: usDate(record),
      Identity: textOf(record, 'Id'),
      Operations: textOf(record, 'Operation'),
      RecordType: textOf(record, 'RecordType'),
      UserIds: textOf(record, 'UserId'),
      // Splunk keeps the first 10,000 characters of an event.
      _raw: `${textOf(record, 'Id')},${JSON.stringify(JSON.stringify(record))}`.slice(0, 10_000),
      _time: isoDate(record),
      source: 'AuditRecords.csv',
    }));
    return csvText(columns.split(','), rows, { delimiter: ',', quote: 'all' });
  },
};

const splunkRawCsv: Container = {
  name: 'splunk-raw-csv',
  title: 'Splunk export of o365:management:activity (CSV): the record in _raw alone',
  extension: 'csv',
  encoding: 'utf-8',
  cannotCarry: [],
  text: (records) => {
    const rows = mapEach(records, (record) => ({
      _raw: JSON.stringify(record),
      _time: isoDate(record),
      host: 'splunk.example',
      source: 'ms_o365_management',
      sourcetype: 'o365:management:activity',
    }));
    const columns = ['_raw', '_time', 'host', 'source', 'sourcetype'];
    return csvText(columns, rows, { delimiter: ',', quote: 'all' });
  },
};

export const purviewContainers: readonly Container[] = [
  purview('purview-csv', 'Purview portal export (CSV)', usDate),
  purview('purview-csv-iso', 'Purview portal export with ISO dates (CSV)', isoDate),
  oldPortal,
  splunkCsv,
  splunkRawCsv,
];

/** Reads containers back with csv-parse and JSON.parse alone: a second opinion on what was written. */
import { parse } from 'csv-parse/sync';
import type { AuditData } from '../../../scripts/generator/access.ts';

type Row = Record<string, unknown>;

export const decode = (bytes: Uint8Array, encoding: string): string => {
  const text = Buffer.from(bytes).toString(encoding.startsWith('utf-16le') ? 'utf16le' : 'utf8');
  return encoding.endsWith('-bom') ? text.slice(1) : text;
};

export const csvRows = (text: string, delimiter = ','): Record<string, string>[] => {
  const body = text.startsWith('#TYPE') ? text.slice(text.indexOf('\n') + 1) : text;
  return parse(body, { columns: true, delimiter, bom: false }) as Record<string, string>[];
};

export const lines = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);

/** JSON values one after another, whatever stands between them; broken brackets are skipped. */
const objectsIn = (text: string): Row[] => {
  const found: Row[] = [];
  let [depth, start, inString] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (letter === '}') {
      depth -= 1;
      if (depth === 0) found.push(JSON.parse(text.slice(start, at + 1)) as Row);
    }
  }
  return found;
};

/** Without what Graph adds, and with the time as the log has it. */
const withoutSidecars = (record: AuditData): AuditData =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([field, value]) => !field.includes('@odata.') && value !== '__NULL__')
      .map(([field, value]) => [
        field,
        field === 'CreationTime' ? String(value).replace(/Z$/u, '') : value,
      ]),
  );

const object = (value: unknown): Row => value as Row;
const parsed = (value: unknown): Row => JSON.parse(String(value)) as Row;

type Reader = (text: string) => readonly AuditData[];

const column =
  (name: string, delimiter = ','): Reader =>
  (text) =>
    csvRows(text, delimiter).map((row) => parsed(row[name]));

const elastic = (hit: Row): AuditData => {
  const audit = object(object(object(hit['_source'])['o365'])['audit']);
  const numbers = ['RecordType', 'UserType', 'LogonType', 'InternalLogonType', 'Version'];
  return Object.fromEntries(
    Object.entries(audit).map(([field, value]) => [
      field.replace('ExchangeAggregatedFolders', 'Folders'),
      numbers.includes(field) ? Number(value) : value,
    ]),
  );
};

const without = (record: Row, ...fields: readonly string[]): AuditData =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));

const searchUal = Object.fromEntries(
  ['', '-no-ps', '-type', '-bom', '-utf16le', '-utf16le-bom'].map((tail) => [
    `search-ual${tail}`,
    column('AuditData'),
  ]),
);

/** How each lossless container is read back to AuditData. */
export const READERS: { readonly [container: string]: Reader } = {
  'purview-csv': column('AuditData'),
  'purview-csv-iso': column('AuditData'),
  'old-portal-csv': column('AuditData'),
  'splunk-csv': column('AuditData'),
  'splunk-raw-csv': column('_raw'),
  ...searchUal,
  'search-ual-semicolon': column('AuditData', ';'),
  'search-ual-type-utf16le-semicolon': column('AuditData', ';'),
  'mes-csv': column('AuditData'),
  'mes-json': (text) => objectsIn(text).map((row) => object(row['AuditData'])),
  'mes-json-merged': (text) => objectsIn(text).map((row) => object(row['AuditData'])),
  'mes-jsonl': (text) => lines(text).map((row) => parsed(row['AuditData'])),
  ndjson: lines,
  'json-array': (text) => JSON.parse(text) as Row[],
  'log-collector-ndjson': (text) =>
    lines(text).map((row) => without(row, 'TenantName', 'TenantId', 'OriginFeed')),
  'concatenated-pretty': objectsIn,
  'hawk-json': (text) => JSON.parse(text) as Row[],
  'hawk-json-utf16le': (text) => JSON.parse(text) as Row[],
  'graph-page': (text) =>
    (parsed(text)['value'] as Row[]).map((row) => withoutSidecars(object(row['auditData']))),
  'graph-pages': (text) =>
    lines(text)
      .flatMap((page) => page['value'] as Row[])
      .map((row) => withoutSidecars(object(row['auditData']))),
  'ualgraph-json': (text) =>
    (JSON.parse(text) as Row[]).map((row) => withoutSidecars(object(row['auditData']))),
  'ualgraph-csv': (text) => csvRows(text).map((row) => withoutSidecars(parsed(row['auditData']))),
  'ualgraph-jsonl': (text) => lines(text).map(withoutSidecars),
  'cloudapp-ndjson': (text) =>
    lines(text).map((row) => withoutSidecars(object(row['RawEventData']))),
  'cloudapp-string-ndjson': (text) =>
    lines(text).map((row) => withoutSidecars(parsed(row['RawEventData']))),
  'cloudapp-streaming': (text) =>
    lines(text).map((row) => withoutSidecars(object(object(row['properties'])['RawEventData']))),
  'cloudapp-csv': (text) =>
    csvRows(text).map((row) => withoutSidecars(parsed(row['RawEventData']))),
  'splunk-json': (text) => lines(text).map((row) => parsed(object(row['result'])['_raw'])),
  'elastic-old': (text) => lines(text).map(elastic),
  'elastic-new': (text) => lines(text).map(elastic),
  'elastic-original': (text) => lines(text).map(elastic),
  'elastic-response': (text) => (object(parsed(text)['hits'])['hits'] as Row[]).map(elastic),
  wazuh: (text) =>
    lines(text).map((row) => without(object(object(row['data'])['office365']), 'Subscription')),
};

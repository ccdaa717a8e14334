import type { AuditData } from '../access.ts';
import type { Container } from './container.ts';
import { zuluDate } from './record-fields.ts';
import { searchRow } from './search-ual.ts';
import { mapEach } from '../map-each.ts';

/** Small batches, so that a small case has several; the last one is a single object on purpose. */
const BATCH = 40;

/** The row as ConvertTo-Json writes it, with AuditData as an object. */
const objectRow = (record: AuditData, index: number): AuditData => ({
  ...searchRow(record, index, zuluDate),
  ResultIndex: (index % BATCH) + 1,
  AuditData: record,
});

/** ConvertTo-Json of one object gives the bare object, of several an array. */
function* batches(records: Iterable<AuditData>): Generator<readonly AuditData[]> {
  const rows = [...mapEach(records, objectRow)];
  const last = rows.splice(-1);
  for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH);
  if (last.length > 0) yield last;
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n');

const mesJson: Container = {
  name: 'mes-json',
  title: 'Microsoft-Extractor-Suite Get-UAL (JSON): arrays and single objects one after another',
  extension: 'json',
  encoding: 'utf-8-bom',
  cannotCarry: [],
  text: function* (records) {
    for (const rows of batches(records))
      yield `${pretty(rows.length === 1 ? rows[0] : rows)}\r\n\r\n`;
  },
};

/** Files merged by cutting the first `[` and the last `]` of each: not one JSON document. */
const mesMerged: Container = {
  name: 'mes-json-merged',
  title: 'Microsoft-Extractor-Suite merged output (JSON): invalid where the files meet',
  extension: 'json',
  encoding: 'utf-8',
  cannotCarry: [],
  text: function* (records) {
    const rows = [...mapEach(records, objectRow)];
    const files: string[] = [];
    // Every file holds two appended batches, so `][` is left in its middle.
    for (let from = 0; from < rows.length; from += 2 * BATCH) {
      const middle = Math.min(from + BATCH, rows.length);
      const parts = [rows.slice(from, middle), rows.slice(middle, from + 2 * BATCH)];
      const text = parts
        .filter((part) => part.length > 0)
        .map(pretty)
        .join('\r\n');
      files.push(text.slice(text.indexOf('[') + 1, text.lastIndexOf(']')));
    }
    yield `[${files.join(',\r\n')}]\r\n`;
  },
};

const mesJsonl: Container = {
  name: 'mes-jsonl',
  title: 'Microsoft-Extractor-Suite Get-UAL (JSONL): a wrapper a line, AuditData as text',
  extension: 'jsonl',
  encoding: 'utf-8',
  cannotCarry: [],
  text: function* (records) {
    let index = 0;
    for (const record of records) yield `${JSON.stringify(searchRow(record, index++, zuluDate))}\n`;
  },
};

export const extractorSuiteContainers: readonly Container[] = [mesJson, mesMerged, mesJsonl];

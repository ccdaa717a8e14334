import type { AuditData } from '../access.ts';
import { csvText } from '../csv.ts';
import type { Container } from './container.ts';
import { csvCellText } from './powershell-text.ts';

/** Parsed objects through Export-Csv: every array is the word System.Object[]. */
const parsedCsv = (name: string, title: string, encoding: Container['encoding']): Container => ({
  name,
  title,
  extension: 'csv',
  encoding,
  cannotCarry: ['items', 'OperationProperties', 'DeviceProperties'],
  text: (records) => {
    const all = [...records];
    // Export-Csv takes the first object's columns; so it is told them all, as collectors do by
    // selecting columns. What it must lose is what stands in arrays.
    const columns = [...new Set(all.flatMap((record) => Object.keys(record)))];
    const rows = all.map((record) =>
      Object.fromEntries(columns.map((column) => [column, csvCellText(record[column])])),
    );
    return csvText(columns, rows, { delimiter: ',', quote: 'all' });
  },
});

/** Hawk's Simple form: `Folders_0_FolderItems_0_InternetMessageId`. */
const flatten = (value: unknown, name: string, into: { [column: string]: string }): void => {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flatten(inner, name === '' ? key : `${name}_${key}`, into);
    return;
  }
  if (typeof value === 'boolean') into[name] = value ? 'True' : 'False';
  else into[name] = String(value ?? '');
};

const flat = (record: AuditData): { readonly [column: string]: string } => {
  const row: { [column: string]: string } = {};
  flatten(record, '', row);
  return row;
};

const simpleJson: Container = {
  name: 'hawk-simple-json',
  title: 'Hawk Simple (JSON): flattened',
  extension: 'json',
  encoding: 'utf-8-bom',
  cannotCarry: [],
  text: (records) => [JSON.stringify([...records].map(flat), null, 4)],
};

/** The place of an item or folder, "Folders_0_FolderItems_3", of a column; null: another column. */
const keyContextOf = (column: string): string | null =>
  /^Folders_\d+(?:_FolderItems_\d+)?/u.exec(column)?.[0] ?? null;

const simpleCsv: Container = {
  name: 'hawk-simple-csv',
  title: 'Hawk Simple (CSV): flattened, later rows lose what the first has no columns for',
  extension: 'csv',
  encoding: 'utf-8-bom',
  cannotCarry: ['itemsBeyondFirstRow'],
  text: (records) => {
    const rows = [...records].map(flat);
    const first = rows.find((row) => Object.keys(row).some(keyContextOf)) ?? {};
    const places = new Set(Object.keys(first).map(keyContextOf));
    // Only the items are cut here, so that what is lost can be told from the truth.
    const columns = new Set(rows.flatMap((row) => Object.keys(row)));
    for (const column of columns)
      if (!places.has(keyContextOf(column)) && keyContextOf(column)) columns.delete(column);
    return csvText([...columns], rows, { delimiter: ',', quote: 'all' });
  },
};

export const parsedContainers: readonly Container[] = [
  parsedCsv('hawk-parsed-csv', 'Hawk (CSV of parsed records): items lost', 'utf-8-bom'),
  parsedCsv(
    'mes-auditdata-csv',
    'Microsoft-Extractor-Suite -AuditDataOnly (CSV): items lost',
    'utf-8',
  ),
  simpleJson,
  simpleCsv,
];

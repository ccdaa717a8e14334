import {
  BYTE,
  skipKey,
  skipSpace,
  scanValue,
  type Cursor,
  type ScanEnd,
  type ScanOptions,
} from './scan-value.ts';

/**
 * Keys under which a page keeps its records: Graph and OData, Event Hub, Splunk, Elasticsearch,
 * answers of a Graph batch, and the rows of an answer of Log Analytics.
 */
const RECORD_ARRAYS: ReadonlySet<string> = new Set([
  'value',
  'Value',
  'records',
  'Records',
  'responses',
  'results',
  'Results',
  'hits',
  'rows',
]);

/** Keys that only a record has, so that nothing inside it is taken for a page. */
const RECORD_KEYS: ReadonlySet<string> = new Set([
  'CreationTime',
  'Operation',
  'RecordType',
  'AuditData',
  'auditData',
]);

/** A page being read: an object that is no record itself but carries an array of them. */
export interface Page {
  /** Containers open around its array of records, outermost first. Empty: no page. */
  readonly open: ('object' | 'array')[];
  /** Its records are arrays of cells under these columns. */
  columns: readonly string[] | null;
  rows: boolean;
}

export const noPage = (): Page => ({ open: [], columns: null, rows: false });

const columnNames = (text: string): string[] | null => {
  try {
    const columns: unknown = JSON.parse(text);
    if (!Array.isArray(columns)) return null;
    return columns.map((column: unknown) => {
      if (typeof column === 'string') return column;
      const named = (column ?? {}) as { readonly [key: string]: unknown };
      return String(named['name'] ?? named['Name'] ?? named['ColumnName'] ?? '');
    });
  } catch {
    return null;
  }
};

/**
 * Whether the array at `array` holds records, or nothing: also where what comes before the first
 * record is none (null, a text). null: what decides is not here yet.
 */
const holdsRecords = (
  bytes: Buffer,
  array: number,
  rows: boolean,
  options: ScanOptions,
): boolean | null => {
  const cursor = { at: array + 1 };
  for (let first = true; ; first = false) {
    const space = skipSpace(bytes, cursor, options);
    if (space !== 'value') return space === 'more' ? null : false;
    const byte = bytes[cursor.at];
    if (byte === (rows ? BYTE.OPEN_ARRAY : BYTE.OPEN_OBJECT)) return true;
    if (byte === BYTE.CLOSE_ARRAY) return first;
    if (byte === BYTE.COMMA) cursor.at += 1;
    else {
      const end = scanValue(bytes, cursor, options);
      if (end === 'more') return null;
      // What is broken is one of its records; what is cut has none behind it.
      if (end !== 'value') return end === 'broken';
    }
  }
};

/** One member of a page, the cursor at its key. `page`: its records begin at the cursor. */
const scanMember = (
  bytes: Buffer,
  cursor: Cursor,
  page: Page,
  options: ScanOptions,
): ScanEnd | 'page' | 'record' => {
  const keyStart = cursor.at + 1;
  const named = skipKey(bytes, cursor, options);
  if (named !== 'value') return named;
  const key = bytes.toString('latin1', keyStart, bytes.indexOf(BYTE.QUOTE, keyStart));
  const space = skipSpace(bytes, cursor, options);
  if (space !== 'value') return space;
  if (page.open.length === 1 && RECORD_KEYS.has(key)) return 'record';
  const byte = bytes[cursor.at];
  if (byte === BYTE.OPEN_ARRAY && key === 'tables') {
    page.open.push('array');
    cursor.at += 1;
    return 'value';
  }
  if (byte === BYTE.OPEN_OBJECT && key === 'hits') {
    page.open.push('object');
    cursor.at += 1;
    return 'value';
  }
  const rows = key === 'rows';
  if (byte === BYTE.OPEN_ARRAY && RECORD_ARRAYS.has(key) && (!rows || page.columns !== null)) {
    const holds = holdsRecords(bytes, cursor.at, rows, options);
    if (holds === null) return 'more';
    if (holds) {
      page.rows = rows;
      cursor.at += 1;
      return 'page';
    }
  }
  const from = cursor.at;
  const end = scanValue(bytes, cursor, options);
  if (end === 'value' && key === 'columns') {
    page.columns = columnNames(bytes.toString('utf8', from, cursor.at));
  }
  return end;
};

/**
 * Scans over an object that may be a page, or on behind the array of records of the page whose
 * containers are in `page.open`. `page`: the cursor is inside its next array of records · `value`:
 * the object is over.
 */
export const scanPage = (
  bytes: Buffer,
  cursor: Cursor,
  page: Page,
  options: ScanOptions,
): ScanEnd | 'page' => {
  const start = cursor.at;
  const fresh = page.open.length === 0;
  for (;;) {
    const space = skipSpace(bytes, cursor, options);
    if (space !== 'value') return space;
    const byte = bytes[cursor.at];
    const inside = page.open[page.open.length - 1];
    if (byte === BYTE.OPEN_OBJECT && inside !== 'object') {
      page.open.push('object');
      page.columns = null;
    } else if (byte === (inside === 'array' ? BYTE.CLOSE_ARRAY : BYTE.CLOSE_OBJECT)) {
      page.open.pop();
      if (page.open.length === 0) {
        cursor.at += 1;
        return 'value';
      }
    } else if (byte === BYTE.QUOTE && inside === 'object') {
      const end = scanMember(bytes, cursor, page, options);
      if (end === 'record') {
        // A record after all: scan it from its start, strictly. On a page's tail: just a member.
        if (fresh) cursor.at = start;
        const scanned = scanValue(bytes, cursor, options);
        if (fresh || scanned !== 'value') return scanned;
      } else if (end !== 'value') {
        return end;
      }
      continue;
    } else if (byte !== BYTE.COMMA) {
      return 'broken';
    }
    cursor.at += 1;
  }
};

/** An object without any of these is no page. */
export const PAGE_KEYS: readonly string[] = [...RECORD_ARRAYS, 'tables'];

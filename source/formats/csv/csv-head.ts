import { cellText, emptyBounds, scanRecord } from './scan-record.ts';
import { RecordSplitter } from './record-splitter.ts';

const DELIMITERS = [',', ';', '\t'] as const;

/** A CSV file's head: which delimiter, which columns, and the first records below the header. */
export interface CsvHead {
  readonly delimiter: string;
  /** Trimmed and without quotes. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines end with CR alone, as Excel saves "CSV (Macintosh)". */
  readonly carriageReturns: boolean;
}

const CR = 0x0d;
const LF = 0x0a;

/** The same text with a line feed for each CR, in a buffer of its own: every place stays. */
export const withLineFeeds = (bytes: Uint8Array): Buffer => {
  const text = Buffer.from(bytes);
  for (let at = text.indexOf(CR); at >= 0; at = text.indexOf(CR, at + 1)) text[at] = LF;
  return text;
};

/** Excel writes and reads `sep=;` as a first line that is no record. */
const separatorLine = /^sep=([,;\t])\r?\n/i;
/** Export-Csv of PowerShell 5.1 puts the type of its objects first. */
const typeLine = /^#TYPE [^\n]*\n/;
const ONE_COLUMN = /^audit_?data$/i;
const blankLine = /^[ \r]*\n/;

/** Names are compared without surrounding space, byte order mark and literal quotes. */
export const columnName = (cell: string): string =>
  cell
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^"+|"+$/g, '')
    .trim();

/** Length in bytes of what stands before the header, and the delimiter it may name. */
const preamble = (text: string): { length: number; delimiter: string | null } => {
  let rest = text;
  let delimiter: string | null = null;
  for (;;) {
    if (rest.startsWith('\uFEFF')) rest = rest.slice(1);
    const separator = separatorLine.exec(rest);
    const skip = separator ?? typeLine.exec(rest) ?? blankLine.exec(rest);
    if (skip === null) break;
    delimiter = separator?.[1] ?? delimiter;
    rest = rest.slice(skip[0].length);
  }
  return { length: Buffer.byteLength(text) - Buffer.byteLength(rest), delimiter };
};

const headerCells = (bytes: Buffer, delimiter: string, final: boolean): string[] | null => {
  const bounds = emptyBounds();
  const scan = scanRecord(bytes, 0, final, delimiter.charCodeAt(0), bounds);
  if (scan !== 'record') return null;
  return Array.from({ length: bounds.count }, (_, cell) =>
    columnName(cellText(bytes, bounds, cell)),
  );
};

/**
 * The head of a CSV file, or null where its first line is no header of two columns or more.
 * `stored`: the file's text from its start, `whole` when that is all of it.
 */
export const readCsvHead = (stored: Buffer, whole: boolean): CsvHead | null => {
  const carriageReturns = !stored.includes(LF) && stored.includes(CR);
  const bytes = carriageReturns ? withLineFeeds(stored) : stored;
  const before = preamble(bytes.toString('utf8', 0, Math.min(bytes.length, 4096)));
  const start = bytes.subarray(before.length);
  let best: { delimiter: string; header: string[] } | null = null;
  for (const delimiter of before.delimiter === null ? DELIMITERS : [before.delimiter]) {
    const header = headerCells(start, delimiter, whole);
    if (header !== null && header.length > (best?.header.length ?? 1)) best = { delimiter, header };
  }
  // One column is a table only where its name says so: any text has a first line.
  const alone = best === null ? headerCells(start, ',', whole) : null;
  if (alone?.length === 1 && ONE_COLUMN.test(alone[0] ?? ''))
    best = { delimiter: ',', header: alone };
  if (best === null) return null;
  const splitter = new RecordSplitter(best.delimiter, best.header.length);
  const rows: string[][] = [];
  const records = [splitter.push(start), ...(whole ? [splitter.end()] : [])];
  let headerSeen = false;
  for (const part of records) {
    for (const { bytes: at, bounds, damage } of part) {
      if (damage !== null) continue;
      if (headerSeen)
        rows.push(Array.from({ length: bounds.count }, (_, cell) => cellText(at, bounds, cell)));
      headerSeen = true;
    }
  }
  return { ...best, rows, carriageReturns };
};

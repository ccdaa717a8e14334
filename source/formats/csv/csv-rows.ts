import { isUtf8 } from 'node:buffer';
import type { CsvFormat, Layout, Row, RowContent } from '../format.ts';
import { notingEncoding } from '../bytes/encoding.ts';
import { openTextStream, wholeText, type TextStream } from '../bytes/text-stream.ts';
import { cellText, emptyBounds, type RecordBounds, scanRecord } from './scan-record.ts';
import { UndatedRows } from '../dates/undated.ts';
import { columnName, withLineFeeds } from './csv-head.ts';
import { RecordSplitter, type SplitRecord } from './record-splitter.ts';

/** Reads cells of a record into what the row holds; only columns the format asked for are decoded. */
type RecordReader = (bytes: Buffer, bounds: RecordBounds) => RowContent;

const recordReader = (
  format: CsvFormat,
  layout: Layout,
  header: readonly string[],
): RecordReader => {
  const wanted = new Set<number>();
  const lowerCase = header.map((name) => name.toLowerCase());
  const column = (name: string): number => {
    const exact = header.indexOf(name);
    const index = exact >= 0 ? exact : lowerCase.indexOf(name.toLowerCase());
    if (index >= 0) wanted.add(index);
    return index;
  };
  const read = format.reader(column, layout);
  const columns = [...wanted];
  return (bytes, bounds) => {
    const cells = new Array<string>(header.length).fill('');
    for (const index of columns) cells[index] = cellText(bytes, bounds, index);
    return read(cells);
  };
};

/** The header again, as `-Append` of some tools writes it in the middle, or a `#TYPE` line. */
const isHeader = (header: readonly string[], bytes: Buffer, bounds: RecordBounds): boolean => {
  const start = bounds.cells[0] ?? 0;
  const length = (bounds.cells[1] ?? 0) - start;
  const first = header[0] ?? '';
  if (length < first.length || length > first.length * 4 + 8) return false;
  if (columnName(cellText(bytes, bounds, 0)) !== first) return false;
  return header.every((name, cell) => columnName(cellText(bytes, bounds, cell)) === name);
};

const PREAMBLE = /^(#TYPE [\w.+`[\], =]+|sep=[,;\t])\r?$/i;
const PREAMBLE_BEGINS = /^(#TYPE|sep=)/i;

/** By all of its bytes: a row that merely begins so, with a subject that a sender chose, is one. */
const isPreamble = ({ bytes, start, end, base, bounds, damage }: SplitRecord): boolean => {
  if (damage === null && bounds.count > 1) return false;
  const textUpTo = (stop: number): string => bytes.toString('latin1', start - base, stop - base);
  return PREAMBLE_BEGINS.test(textUpTo(Math.min(end, start + 5))) && PREAMBLE.test(textUpTo(end));
};

const OTHER_HEADER: RowContent = {
  kind: 'damaged',
  reason: 'another header begins here: cut the file in two and import both parts',
};

/** The fact as `Layout.facts` keeps it: 'cr' where lines end with CR alone; else not there. */
export const LINE_ENDS = 'lineEnds';

/** Rows of a CSV file, chunk by chunk. */
export class CsvRows {
  readonly format: CsvFormat;
  readonly #layout: Layout;
  readonly #undated = new UndatedRows();
  readonly #stream: TextStream;
  readonly #splitter: RecordSplitter;
  readonly #header: readonly string[];
  readonly #read: RecordReader;

  constructor(format: CsvFormat, layout: Layout) {
    this.format = format;
    this.#layout = layout;
    this.#header = layout.header ?? [];
    this.#stream = openTextStream(layout.encoding);
    this.#splitter = new RecordSplitter(layout.delimiter ?? ',', this.#header.length);
    this.#read = recordReader(format, layout, this.#header);
  }

  /** With what the rows read so far proved. */
  get layout(): Layout {
    return this.#undated.ofLayout(this.#layout);
  }

  push(chunk: Uint8Array): Iterable<Row> {
    return this.#rows(this.#splitter.push(this.#lines(this.#stream.push(chunk))));
  }

  *end(): Generator<Row> {
    yield* this.#rows(this.#splitter.push(this.#lines(this.#stream.end())));
    yield* this.#rows(this.#splitter.end());
  }

  #lines(text: Buffer): Buffer {
    return this.#layout.facts[LINE_ENDS] === 'cr' ? withLineFeeds(text) : text;
  }

  *#rows(records: Iterable<SplitRecord>): Generator<Row> {
    for (const record of records) {
      const row = this.#row(record);
      if (row !== null) yield row;
    }
  }

  /** null: not one of the table's rows. */
  #row(record: SplitRecord): Row | null {
    const { line, bytes, bounds, damage } = record;
    if (isPreamble(record)) return null;
    if (damage === null && isHeader(this.#header, bytes, bounds)) return null;
    const content = this.#content(record);
    this.#undated.note(line, content);
    const start = this.#stream.stored(record.start);
    return { line, start, end: this.#stream.stored(record.end), content };
  }

  #content({ bytes, bounds, start, end, base, damage }: SplitRecord): RowContent {
    const content: RowContent =
      damage === null ? this.#read(bytes, bounds) : { kind: 'damaged', reason: damage };
    if (content.kind !== 'damaged') {
      return notingEncoding(content, !isUtf8(bytes.subarray(start - base, end - base)));
    }
    return this.#isOtherHeader(bytes, bounds) ? OTHER_HEADER : content;
  }

  /** Exports put one behind the other: the rows below belong to columns we do not read here. */
  #isOtherHeader(bytes: Buffer, bounds: RecordBounds): boolean {
    if (bounds.count < 2 || bounds.count > 1000) return false;
    const cells = Array.from({ length: bounds.count }, (_, cell) =>
      columnName(cellText(bytes, bounds, cell)),
    );
    return this.format.recognise(cells, []);
  }
}

/** Reads one record again from its bytes as stored. */
export const rereadCsvRow = (format: CsvFormat, layout: Layout, stored: Uint8Array): RowContent => {
  const header = layout.header ?? [];
  const text = wholeText(layout.encoding, stored);
  const bytes = layout.facts[LINE_ENDS] === 'cr' ? withLineFeeds(text) : text;
  const bounds = emptyBounds();
  const scan = scanRecord(bytes, 0, true, (layout.delimiter ?? ',').charCodeAt(0), bounds);
  if (scan !== 'record' || bounds.count !== header.length) {
    return { kind: 'damaged', reason: 'not a record under its header' };
  }
  const content = recordReader(format, layout, header)(bytes, bounds);
  return notingEncoding(content, !isUtf8(bytes));
};

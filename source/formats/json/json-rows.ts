import { isUtf8 } from 'node:buffer';
import { decodeText, notingEncoding } from '../bytes/encoding.ts';
import { openTextStream, wholeText, type TextStream } from '../bytes/text-stream.ts';
import type { JsonFormat, Layout, Row, RowContent } from '../format.ts';
import { UndatedRows } from '../dates/undated.ts';
import { elementOf } from './json-head.ts';
import type { SplitValue } from './split-value.ts';
import { ValueSplitter } from './value-splitter.ts';
import type { JsonValue } from '../../domain/json.ts';

const NO_OBJECT: RowContent = { kind: 'damaged', reason: 'not a record but some other JSON value' };
const OTHER_TABLE: RowContent = {
  kind: 'damaged',
  reason: 'a row of another table: its columns are not those of the first',
};

const sameColumns = (left: readonly string[] | null, right: readonly string[] | null): boolean =>
  left === right ||
  (left !== null && left.length === right?.length && left.every((name, at) => name === right[at]));

/** Rows of a JSON file, chunk by chunk. */
export class JsonRows {
  readonly format: JsonFormat;
  readonly #layout: Layout;
  readonly #undated = new UndatedRows();
  readonly #stream: TextStream;
  readonly #splitter: ValueSplitter;

  constructor(format: JsonFormat, layout: Layout) {
    this.format = format;
    this.#layout = layout;
    this.#stream = openTextStream(layout.encoding);
    this.#splitter = new ValueSplitter((value, columns) => {
      const element = elementOf(value, columns);
      return element !== null && format.recognise(element);
    });
  }

  /** With what the rows read so far proved. */
  get layout(): Layout {
    return this.#undated.ofLayout(this.#layout);
  }

  *push(chunk: Uint8Array): Generator<Row> {
    for (const split of this.#splitter.push(this.#stream.push(chunk))) yield this.#row(split);
  }

  *end(): Generator<Row> {
    for (const split of this.#splitter.push(this.#stream.end())) yield this.#row(split);
    for (const split of this.#splitter.end()) yield this.#row(split);
  }

  #row({ line, start, end, value, columns, damage, misencoded }: SplitValue): Row {
    const content: RowContent =
      damage === null
        ? notingEncoding(this.#content(value, columns), misencoded)
        : { kind: 'damaged', reason: damage };
    this.#undated.note(line, content);
    const from = this.#stream.stored(start);
    return { line, start: from, end: this.#stream.stored(end), content };
  }

  #content(value: JsonValue, columns: readonly string[] | null): RowContent {
    if (columns !== null && !sameColumns(columns, this.#layout.header)) return OTHER_TABLE;
    const element = elementOf(value, columns);
    return element === null ? NO_OBJECT : this.format.read(element, this.#layout);
  }
}

/** Reads one element again from its bytes as stored. */
export const rereadJsonRow = (
  format: JsonFormat,
  layout: Layout,
  stored: Uint8Array,
): RowContent => {
  try {
    const bytes = wholeText(layout.encoding, stored);
    const value = JSON.parse(decodeText(bytes, 0, bytes.length)) as JsonValue;
    const element = elementOf(value, layout.header);
    if (element === null) return NO_OBJECT;
    return notingEncoding(format.read(element, layout), !isUtf8(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'damaged', reason: 'broken JSON' };
    throw error;
  }
};

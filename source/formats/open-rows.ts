import type { JsonObject } from '../domain/json.ts';
import {
  decodeStored,
  detectEncoding,
  type Encoding,
  READ_AS_WINDOWS_1252,
} from './bytes/encoding.ts';
import { endsInZeros, notText } from './bytes/not-text.ts';
import { openTextStream } from './bytes/text-stream.ts';
import { type CsvHead, readCsvHead } from './csv/csv-head.ts';
import { CsvRows, LINE_ENDS, rereadCsvRow } from './csv/csv-rows.ts';
import type { CsvFormat, Format, JsonFormat, Layout, Row, RowContent } from './format.ts';
import { type JsonHead, mayGoOn, readJsonHead, readLaterJsonHead } from './json/json-head.ts';
import { JsonRows, rereadJsonRow } from './json/json-rows.ts';
import { FORMATS } from './registry.ts';

/** So many names are enough to know one's own file again. */
const NAMES = 12;

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, NAMES).map((name) => JSON.stringify(name.slice(0, 60)));
  const more = names.length > NAMES ? `, and ${names.length - NAMES} more` : '';
  return `${shown.join(', ')}${more}`;
};

/** Two dozen formats after each of many files would bury what is wrong with them. */
const KNOWN =
  'No audit log, message trace or sign-in log looks like that; the README lists what is read.';

/** Says what was found in a file that no format claims. `whole`: all of it was looked at. */
const unrecognised = (csv: CsvHead | null, json: JsonHead | null, whole: boolean): string => {
  if (json !== null) {
    const { first } = json;
    if (first === null) {
      return json.broken || !whole
        ? `not recognised: JSON of which no record could be read. ${KNOWN}`
        : 'the file is JSON with no records in it; export again, and check that the search had finished';
    }
    const keys = Object.keys(first);
    const found = keys.length === 0 ? 'JSON without keys' : `JSON with the keys ${listed(keys)}`;
    return `not recognised: ${found}. ${KNOWN}`;
  }
  if (csv !== null)
    return `not recognised: a table with the columns ${listed(csv.header)}. ${KNOWN}`;
  return `not recognised: text that is neither CSV with a header nor JSON. ${KNOWN}`;
};

/** Turns the bytes of one file into rows, in the order of the file. */
export interface RowReader {
  readonly format: Format;
  readonly layout: Layout;
  /** Rows completed by this chunk. All bytes of the file are pushed, the head among them. */
  push(chunk: Uint8Array): Iterable<Row>;
  end(): Iterable<Row>;
}

const isCsv = (format: Format): format is CsvFormat => format.container === 'csv';
const isJson = (format: Format): format is JsonFormat => format.container === 'json';

const JSON_FORMATS = FORMATS.filter(isJson);
const CSV_FORMATS = FORMATS.filter(isCsv);

const isKnown = (element: JsonObject): boolean =>
  JSON_FORMATS.some((format) => format.recognise(element));

/**
 * The formats that know most elements of a JSON file: a first one of some other kind, whatever it
 * looks like, says nothing of the rest.
 */
const claimsOfJson = ({ known }: JsonHead): Format[] => {
  const votes = JSON_FORMATS.map((format) => known.filter((one) => format.recognise(one)).length);
  const most = Math.max(1, ...votes);
  return JSON_FORMATS.filter((_, at) => votes[at] === most);
};

/** Every format that claims a file: exactly one, unless two formats are alike (a test forbids that). */
const claims = ({ csv, json }: Opened): Format[] => {
  if (json !== null) return claimsOfJson(json);
  if (csv === null) return [];
  return CSV_FORMATS.filter((format) => format.recognise(csv.header, csv.rows[0] ?? []));
};

interface Opened {
  readonly encoding: Encoding;
  readonly csv: CsvHead | null;
  readonly json: JsonHead | null;
  /** More of the file may show what it is. */
  readonly more: boolean;
}

const LF = 0x0a;

const openHead = (head: Uint8Array, whole: boolean): Opened | { readonly problem: string } => {
  const problem = notText(head);
  if (problem !== null) return { problem };
  const encoding = detectEncoding(head, whole);
  const stream = openTextStream(encoding);
  const text = Buffer.concat([stream.push(head), whole ? stream.end() : Buffer.alloc(0)]);
  const json = readJsonHead(text, whole, isKnown);
  if (json !== null) return { encoding, json, csv: null, more: !whole && mayGoOn(json) };
  const csv = readCsvHead(text, whole);
  const opened = { encoding, json: null, csv, more: false };
  if (claims(opened).length > 0) return opened;
  const later = readLaterJsonHead(text, whole, isKnown);
  if (later !== null && later.known.length > 0) return { ...opened, csv: null, json: later };
  const goesOn = later === null ? !text.includes(LF) : mayGoOn(later);
  return { ...opened, more: !whole && goesOn };
};

/** The formats that claim a file by its head: for `openRows`, and for the test of the registry. */
export const claimingFormats = (head: Uint8Array, whole: boolean): readonly Format[] => {
  const opened = openHead(head, whole);
  return 'problem' in opened ? [] : claims(opened);
};

/**
 * Recognises a file by its content (never its name) and gives the reader of its rows, or says in
 * words what is wrong with the file and what to do. `head`: its first bytes, 256 KiB at first;
 * where `more` comes back true, call again with several times as many. `whole`: that is the entire
 * file. `known`: facts that an earlier reading of all of it proved.
 */
export const openRows = (
  head: Uint8Array,
  whole: boolean,
  known: Layout['facts'] = {},
): { readonly reader: RowReader } | { readonly problem: string; readonly more: boolean } => {
  const opened = openHead(head, whole);
  if ('problem' in opened) return { ...opened, more: !whole && endsInZeros(head) };
  const { encoding, csv, json } = opened;
  const [format] = claims(opened);
  if (format === undefined) return { problem: unrecognised(csv, json, whole), more: opened.more };
  const note = encoding === 'latin1' ? { encoding: READ_AS_WINDOWS_1252 } : {};
  if (format.container === 'json') {
    const header = json?.columns ?? null;
    const layout: Layout = {
      format: format.name,
      encoding,
      delimiter: null,
      header,
      facts: { ...note, ...known },
    };
    return { reader: new JsonRows(format, layout) };
  }
  const { delimiter = ',', header = [], rows = [], carriageReturns = false } = csv ?? {};
  const lineEnds = carriageReturns ? { [LINE_ENDS]: 'cr' } : {};
  const facts = { ...note, ...lineEnds, ...format.facts?.(header, rows), ...known };
  return {
    reader: new CsvRows(format, { format: format.name, encoding, delimiter, header, facts }),
  };
};

/** Reads a row again from its bytes as they stand in the file, for the view of the raw record. */
export const rereadRow = (
  layout: Layout,
  bytes: Uint8Array,
): { readonly text: string; readonly content: RowContent } => {
  const text = decodeStored(bytes, layout.encoding);
  const format = FORMATS.find(({ name }) => name === layout.format);
  if (format === undefined) {
    return {
      text,
      content: { kind: 'damaged', reason: `format ${layout.format} is not known here` },
    };
  }
  const content =
    format.container === 'csv'
      ? rereadCsvRow(format, layout, bytes)
      : rereadJsonRow(format, layout, bytes);
  return { text, content };
};

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { ValueSplitter } from './value-splitter.ts';

const parsed = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

/**
 * An element as an object: as it is, out of JSON text (`… | Select -Expand AuditData |
 * ConvertTo-Json`), or a table's row under its columns. null: none of these.
 */
export const elementOf = (
  value: JsonValue,
  columns: readonly string[] | null,
): JsonObject | null => {
  if (isObject(value)) return value;
  if (typeof value === 'string') return parsed(value);
  if (!Array.isArray(value) || columns === null) return null;
  return Object.fromEntries(columns.map((name, index) => [name, value[index] ?? null]));
};

/** An escape sequence that the cut left incomplete. */
const CUT_ESCAPE = /\\(u[0-9a-f]{0,3})?$/i;

/**
 * The start of a JSON text, cut anywhere, as a text that is complete: back to the last value that
 * is whole, open strings and brackets closed. Serves to recognise a file whose first record is
 * larger than its head.
 */
const closedHead = (text: string): string => {
  const due: string[] = [];
  let end = 0;
  let stringFrom = -1;
  let isValue = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (stringFrom >= 0) {
      if (character === '\\') at += 1;
      else if (character === '"') stringFrom = -1;
      continue;
    }
    if (character === '"') stringFrom = at;
    else if (character === '{' || character === '[') {
      due.push(character === '{' ? '}' : ']');
      end = at + 1;
    } else if (character === '}' || character === ']') {
      due.pop();
      end = at + 1;
    } else if (character === ',') end = at;
    if (character === ':' || character === ',') isValue = character === ':';
  }
  const closing = due.reverse().join('');
  if (stringFrom < 0 || !isValue) return text.slice(0, end) + closing;
  return `${text.replace(CUT_ESCAPE, '')}"${closing}`;
};

/** This many elements of one format decide on it; after as many unknown ones we give up. */
const ELEMENTS = 200;

/** A head longer than this is not closed (`closedHead`): more of the file is read instead. */
const LONGEST_CLOSED = 4 << 20;

/** A JSON file's head. */
export interface JsonHead {
  /** Elements that a format knows. */
  readonly known: readonly JsonObject[];
  /** The first element, known or not. */
  readonly first: JsonObject | null;
  /** How many elements no format knows: the first ones may be of some other kind, or empty. */
  readonly unknown: number;
  /** Column names where the elements are rows of a table. */
  readonly columns: readonly string[] | null;
  /** Something in it could not be read. */
  readonly broken: boolean;
}

const OPENING = /^[\uFEFF\s,]*[[{]/;

const isAnyElement = (value: JsonValue, columns: readonly string[] | null): boolean =>
  isObject(value) || (Array.isArray(value) && columns !== null);

type IsKnown = (element: JsonObject) => boolean;

const readHead = (bytes: Buffer, whole: boolean, isKnown: IsKnown): JsonHead => {
  const splitter = new ValueSplitter(isAnyElement);
  const known: JsonObject[] = [];
  let first: JsonObject | null = null;
  let unknown = 0;
  let columns: readonly string[] | null = null;
  let broken = false;
  for (const part of [splitter.push(bytes), ...(whole ? [splitter.end()] : [])]) {
    for (const split of part) {
      const element = elementOf(split.value, split.columns);
      broken ||= element === null;
      if (element === null) continue;
      first ??= element;
      if (!isKnown(element)) {
        unknown += 1;
        continue;
      }
      columns ??= split.columns;
      known.push(element);
      if (known.length >= ELEMENTS) return { known, first, unknown, columns, broken };
    }
  }
  return { known, first, unknown, columns: columns ?? splitter.columns, broken };
};

/** Whether more of the file may hold what a format knows. */
export const mayGoOn = (head: JsonHead): boolean => head.unknown < ELEMENTS;

/**
 * The head of a JSON file, or null where it does not begin like one. `bytes`: text from its start.
 * `isKnown`: whether any format knows an element.
 */
export const readJsonHead = (bytes: Buffer, whole: boolean, isKnown: IsKnown): JsonHead | null => {
  if (!OPENING.test(bytes.toString('utf8', 0, Math.min(bytes.length, 4096)))) return null;
  const head = readHead(bytes, whole, isKnown);
  if (head.known.length > 0 || (whole && !head.broken) || bytes.length > LONGEST_CLOSED)
    return head;
  // The first record goes beyond the head, or the file ends inside it: what there is of it may do.
  const closed = readHead(Buffer.from(closedHead(bytes.toString())), true, isKnown);
  return { ...closed, first: head.first ?? closed.first, broken: head.broken };
};

/** The head behind a first line that is no JSON at all: from the first line that begins like it. */
export const readLaterJsonHead = (
  bytes: Buffer,
  whole: boolean,
  isKnown: IsKnown,
): JsonHead | null => {
  const starts = ['\n{', '\n['].map((start) => bytes.indexOf(start)).filter((at) => at >= 0);
  if (starts.length === 0) return null;
  return readJsonHead(bytes.subarray(Math.min(...starts) + 1), whole, isKnown);
};

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { closedHead } from './closed-head.ts';
import { elementOf } from './element.ts';
import { ValueSplitter } from './value-splitter.ts';

/** So many elements that a format knows tell which it is; and so many others, that there is none. */
const ELEMENTS = 200;

/** Of a longer start, the one record that goes beyond it is not closed: more of the file says more. */
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

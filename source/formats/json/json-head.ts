import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { closedHead } from './closed-head.ts';
import { elementOf } from './element.ts';
import { ValueSplitter } from './value-splitter.ts';

/** So many elements are looked at: the first ones may be of some other kind. */
const ELEMENTS = 200;

/** A JSON file's head. */
export interface JsonHead {
  readonly elements: readonly JsonObject[];
  /** Column names where the elements are rows of a table. */
  readonly columns: readonly string[] | null;
  /** Something in it could not be read. */
  readonly broken: boolean;
}

const OPENING = /^[\uFEFF\s,]*[[{]/;

const isAnyElement = (value: JsonValue, columns: readonly string[] | null): boolean =>
  isObject(value) || (Array.isArray(value) && columns !== null);

const readHead = (bytes: Buffer, whole: boolean): JsonHead => {
  const splitter = new ValueSplitter(isAnyElement);
  const elements: JsonObject[] = [];
  let columns: readonly string[] | null = null;
  let broken = false;
  for (const part of [splitter.push(bytes), ...(whole ? [splitter.end()] : [])]) {
    for (const split of part) {
      const element = elementOf(split.value, split.columns);
      broken ||= element === null;
      if (element === null) continue;
      columns ??= split.columns;
      elements.push(element);
      if (elements.length >= ELEMENTS) return { elements, columns, broken };
    }
  }
  return { elements, columns: columns ?? splitter.columns, broken };
};

/** The head of a JSON file, or null where it does not begin like one. `bytes`: text from its start. */
export const readJsonHead = (bytes: Buffer, whole: boolean): JsonHead | null => {
  if (!OPENING.test(bytes.toString('utf8', 0, Math.min(bytes.length, 4096)))) return null;
  const head = readHead(bytes, whole);
  if (head.elements.length > 0 || (whole && !head.broken)) return head;
  // The first record goes beyond the head, or the file ends inside it: what there is of it may do.
  const closed = readHead(Buffer.from(closedHead(bytes.toString())), true);
  return { ...closed, broken: head.broken };
};

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { elementOf } from './element.ts';
import { ValueSplitter } from './value-splitter.ts';

/** So many elements are looked at: the first ones may be of some other kind. */
const ELEMENTS = 200;

/** A JSON file's head. */
export interface JsonHead {
  readonly elements: readonly JsonObject[];
  /** Column names where the elements are rows of a table. */
  readonly columns: readonly string[] | null;
}

const OPENING = /^[\uFEFF\s,]*[[{]/;

/** The head of a JSON file, or null where it does not begin like one. `bytes`: text from its start. */
export const readJsonHead = (bytes: Buffer, whole: boolean): JsonHead | null => {
  if (!OPENING.test(bytes.toString('utf8', 0, Math.min(bytes.length, 4096)))) return null;
  const anyObject = (value: JsonValue, columns: readonly string[] | null): boolean =>
    isObject(value) || (Array.isArray(value) && columns !== null);
  const splitter = new ValueSplitter(anyObject);
  const elements: JsonObject[] = [];
  let columns: readonly string[] | null = null;
  for (const part of [splitter.push(bytes), ...(whole ? [splitter.end()] : [])]) {
    for (const split of part) {
      const element = elementOf(split.value, split.columns);
      if (split.damage !== null || element === null) continue;
      columns ??= split.columns;
      elements.push(element);
      if (elements.length >= ELEMENTS) return { elements, columns };
    }
  }
  return { elements, columns: columns ?? splitter.columns };
};

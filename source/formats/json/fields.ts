import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

/** A field's text, null where it has none. */
export const textField = (object: JsonObject, name: string): string | null => {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * A field's date as text: "", where it has none. Windows PowerShell 5 may write it as an object with
 * the value in it.
 */
export const dateField = (object: JsonObject, name: string): string => {
  const value = object[name];
  const text = isObject(value) ? (value['value'] ?? value['DateTime']) : value;
  return typeof text === 'string' ? text : '';
};

/** The object at a path of keys, null where there is none. */
export const objectAt = (
  object: JsonValue | undefined,
  ...path: readonly string[]
): JsonObject | null => {
  let value: JsonValue | undefined = object;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return isObject(value) ? value : null;
};

/** A JSON value as a cell of a table would hold it. */
export const cellOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

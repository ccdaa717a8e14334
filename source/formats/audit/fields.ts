import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

/** A field's text, null where it has none. */
export const textField = (object: JsonObject, name: string): string | null => {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
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

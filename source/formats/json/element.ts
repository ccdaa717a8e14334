import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

/** An element as an object: as it is, or a table's row under its columns. null: it is neither. */
export const elementOf = (
  value: JsonValue,
  columns: readonly string[] | null,
): JsonObject | null => {
  if (isObject(value)) return value;
  if (!Array.isArray(value) || columns === null) return null;
  return Object.fromEntries(columns.map((name, index) => [name, value[index] ?? null]));
};

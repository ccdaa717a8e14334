import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

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

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

/** No record nests deeper; hostile ones must not make us run out of stack. */
const DEEPEST = 100;

const plain = (value: JsonValue, depth: number): JsonValue => {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((entry) => plain(entry, depth + 1));
  return isObject(value) ? withoutAnnotations(value, depth + 1) : value;
};

/**
 * An object as it was before Graph put OData's annotations in: without `@odata.type` and without
 * sidecars such as `RecordType@odata.type`, at any depth.
 */
export const withoutAnnotations = (object: JsonObject, depth = 0): JsonObject => {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined && !name.includes('@odata.')) kept[name] = plain(value, depth);
  }
  return kept;
};

import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';

const plain = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? withoutAnnotations(value) : value;
};

/**
 * An object as it was before Graph put OData's annotations in: without `@odata.type` and without
 * sidecars such as `RecordType@odata.type`, at any depth.
 */
export const withoutAnnotations = (object: JsonObject): JsonObject => {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined && !name.includes('@odata.')) kept[name] = plain(value);
  }
  return kept;
};

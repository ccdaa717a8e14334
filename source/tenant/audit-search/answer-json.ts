/** JSON of audit search as it may come: behind a byte order mark, names in another case. */
import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** undefined: it is no JSON. */
export const readJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return undefined;
  }
};

/** A property by its name, else by that name in another case; undefined: it has none. */
export const member = (data: JsonObject, name: string): JsonValue | undefined => {
  if (Object.hasOwn(data, name)) return data[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(data).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? undefined : data[key];
};

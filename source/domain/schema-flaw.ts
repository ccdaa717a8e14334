import { isObject, type JsonObject } from './json.ts';
import type { Schema } from './schema.ts';
import { forTerminal } from './terminal-text.ts';

const isOfType = (data: unknown, type: string): boolean => {
  switch (type) {
    case 'null':
      return data === null;
    case 'array':
      return Array.isArray(data);
    case 'object':
      return isObject(data);
    case 'integer':
      return Number.isInteger(data);
    default:
      return typeof data === type;
  }
};

/** What a value must be and is not; what is inside of it is not looked at. */
const flawOfValue = (schema: Schema, data: unknown): string | null => {
  const { type, enum: values, const: value, pattern, minimum } = schema;
  const types = typeof type === 'string' ? [type] : (type ?? []);
  if (types.length > 0 && !types.some((one) => isOfType(data, one))) return types.join(' or ');
  if (values !== undefined && !values.some((one) => one === data))
    return values.map(String).join(' or ');
  if (value !== undefined && data !== value) return String(value);
  if (pattern !== undefined && typeof data === 'string' && !new RegExp(pattern).test(data))
    return `like ${pattern}`;
  return minimum !== undefined && typeof data === 'number' && data < minimum
    ? `at least ${minimum}`
    : null;
};

const flawOfMembers = (schema: Schema, data: JsonObject, path: string): string | null => {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.find((name) => !Object.hasOwn(data, name));
  if (missing !== undefined) return `${path}${missing} is missing`;
  for (const [name, value] of Object.entries(data)) {
    const member = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    const flaw = member === undefined ? null : flawAt(member, value, path + name);
    if (flaw !== null) return flaw;
  }
  return null;
};

const flawAt = (schema: Schema, data: unknown, path: string): string | null => {
  const { anyOf, items } = schema;
  if (anyOf !== undefined) {
    const flaws = anyOf.map((one) => flawAt(one, data, path));
    return flaws.includes(null) ? null : (flaws[0] ?? null);
  }
  const flaw = flawOfValue(schema, data);
  if (flaw !== null) return `${path === '' ? 'it' : path} must be ${flaw}`;
  const inside = path === '' ? '' : `${path}.`;
  if (isObject(data)) return flawOfMembers(schema, data, inside);
  if (items === undefined || !Array.isArray(data)) return null;
  for (const [index, value] of data.entries()) {
    const found = flawAt(items, value, `${inside}${index}`);
    if (found !== null) return found;
  }
  return null;
};

/**
 * The first thing that is wrong with data that was read: "queries.3.from must be string"; null: it is
 * as the schema says. Keys that it does not name may be there too.
 */
export const flawIn = (schema: Schema, data: unknown): string | null => {
  const flaw = flawAt(schema, data, '');
  return flaw === null ? null : forTerminal(flaw);
};

export const fits = <Type>(schema: Schema<Type>, data: unknown): data is Type =>
  flawAt(schema, data, '') === null;

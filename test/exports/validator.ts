import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from '../../source/domain/schema.ts';

/** The same, but a key that it does not name is an error: what we write ourselves is all promised. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const isObject = 'required' in schema && !('additionalProperties' in schema);
  return { ...Object.fromEntries(parts), ...(isObject ? { additionalProperties: false } : {}) };
};

/**
 * Asserts that a document is as its schema says, and has no key that it does not name; the schema
 * itself is held to ajv's strict mode.
 */
export const assertValid = (open: () => Schema, document: unknown): void => {
  const schema = closed(open()) as Schema;
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictTypes: false,
    allErrors: true,
  });
  const validate = ajv.compile({ ...schema });
  assert.equal(validate(document), true, JSON.stringify(validate.errors, null, 1));
};

export const isValid = (schema: Schema, document: unknown): boolean => {
  const validate = new Ajv2020({ strict: false }).compile({ ...schema });
  return validate(document);
};

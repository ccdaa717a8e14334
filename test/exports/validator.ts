import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from '../../source/exports/schemas/parts.ts';

/** Asserts that a document is as its schema says; the schema itself is held to ajv's strict mode. */
export const assertValid = (schema: Schema, document: unknown): void => {
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

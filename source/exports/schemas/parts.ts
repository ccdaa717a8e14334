/** JSON Schema as plain data; enough of it for what the documents need. */
export type Schema = { readonly [keyword: string]: unknown };

/** An object of ours: every key is promised. A later mia may add others (`contract.md`, JSON). */
export const objectOf = (properties: { readonly [name: string]: Schema }): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (...values: readonly (string | null)[]): Schema => ({ enum: values });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const definition = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

export const text: Schema = { type: 'string' };
export const textOrNull: Schema = { type: ['string', 'null'] };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const sizeOrNull: Schema = { type: ['number', 'null'], minimum: 0 };
export const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
/** ISO 8601 with Z and seconds, a fraction only where the source has one. */
export const time: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
};
export const timeOrNull: Schema = orNull(time);

/** A whole document: its schema name, its members, and the definitions they refer to. */
export const documentSchema = (
  name: string,
  title: string,
  members: { readonly [name: string]: Schema },
  definitions: { readonly [name: string]: Schema } = {},
): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...objectOf({ schema: { const: name }, ...members }),
  $defs: definitions,
});

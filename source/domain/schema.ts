/** JSON Schema with the TypeScript type of what it describes: one definition for both. */

/** Plain data; enough of JSON Schema for what mia writes and reads. `Type` exists for the compiler only. */
export interface Schema<Type = unknown> {
  readonly type?: string | readonly string[];
  readonly properties?: Members;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly (string | null)[];
  readonly const?: string | number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly [keyword: string]: unknown;
  readonly '~type'?: Type;
}

/** The type that a schema describes. */
export type Described<Of extends Schema> = Of extends Schema<infer Type> ? Type : never;

export interface Members {
  readonly [name: string]: Schema;
}
type ObjectOf<Of extends Members> = { readonly [Name in keyof Of]: Described<Of[Name]> };

/**
 * An object of ours: every key but the optional ones is promised. A later mia may add others
 * (`contract.md`, JSON).
 */
export const objectOf = <const Of extends Members, const Maybe extends Members = {}>(
  members: Of,
  optional?: Maybe,
): Schema<ObjectOf<Of> & Partial<ObjectOf<Maybe>>> => ({
  type: 'object',
  properties: { ...members, ...optional },
  required: Object.keys(members),
});

/** By names that are not ours. */
export const mapOf = <Type>(values: Schema<Type>): Schema<{ readonly [name: string]: Type }> => ({
  type: 'object',
  additionalProperties: values,
});

/** One of several, which differ in more than null. */
export const unionOf = <const Of extends readonly Schema[]>(
  ...schemas: Of
): Schema<Described<Of[number]>> => ({ anyOf: schemas });

export const listOf = <Type>(items: Schema<Type>): Schema<readonly Type[]> => ({
  type: 'array',
  items,
});
export const oneOf = <const Value extends string | null>(
  ...values: readonly Value[]
): Schema<Value> => ({ enum: values });
export const only = <const Value extends string | number>(value: Value): Schema<Value> => ({
  const: value,
});
export const orNull = <Type>(schema: Schema<Type>): Schema<Type | null> => ({
  anyOf: [schema, { type: 'null' }],
});

export const text: Schema<string> = { type: 'string' };
export const textOrNull: Schema<string | null> = { type: ['string', 'null'] };
export const flag: Schema<boolean> = { type: 'boolean' };
export const integer: Schema<number> = { type: 'integer' };
export const count: Schema<number> = { type: 'integer', minimum: 0 };
export const integerOrNull: Schema<number | null> = { type: ['integer', 'null'] };
export const sizeOrNull: Schema<number | null> = { type: ['number', 'null'], minimum: 0 };
export const sha256: Schema<string> = { type: 'string', pattern: '^[0-9a-f]{64}$' };
/** ISO 8601 with Z and seconds, a fraction only where the source has one. */
export const time: Schema<string> = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
};
export const timeOrNull: Schema<string | null> = orNull(time);

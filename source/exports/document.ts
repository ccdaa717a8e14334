import { type Members, objectOf, only, type Schema } from '../domain/schema.ts';

const withReferences = (part: unknown, names: ReadonlyMap<unknown, string>): unknown => {
  const name = names.get(part);
  return name === undefined ? partsReferred(part, names) : { $ref: `#/$defs/${name}` };
};

const partsReferred = (part: unknown, names: ReadonlyMap<unknown, string>): unknown => {
  if (Array.isArray(part)) return part.map((one) => withReferences(one, names));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withReferences(value, names)]),
  );
};

/**
 * The JSON Schema (draft 2020-12) of a whole document: its schema name, its members, and the
 * definitions that stand in it once and are referred to. Made when it is asked for: a start needs none.
 */
export const documentSchema =
  (name: string, title: string, members: Members, definitions: Members = {}) =>
  (): Schema => {
    const names = new Map(
      Object.entries(definitions).map(([key, schema]) => [schema, key] as const),
    );
    const $defs = Object.fromEntries(
      Object.entries(definitions).map(([key, schema]) => [key, partsReferred(schema, names)]),
    );
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title,
      ...(withReferences(objectOf({ schema: only(name), ...members }), names) as Schema),
      $defs,
    };
  };

type Write = (value: unknown) => unknown;

const writeObject = (properties: Members): Write => {
  const members = Object.entries(properties).map(([name, schema]) => ({
    name,
    write: writeOf(schema),
  }));
  return (value) => {
    const from = value as { readonly [name: string]: unknown };
    const written: { [name: string]: unknown } = {};
    for (const { name, write } of members)
      written[name] = write === null ? from[name] : write(from[name]);
    return written;
  };
};

/** null: the value is written as it is. */
const writeOf = ({ properties, items, anyOf, oneOf }: Schema): Write | null => {
  if (properties !== undefined) return writeObject(properties);
  // Of two that a value may be, the other is null.
  const [either] = anyOf ?? (oneOf as readonly Schema[] | undefined) ?? [];
  const inner = either ?? items;
  const write = inner === undefined ? null : writeOf(inner);
  if (write === null) return null;
  return either === undefined
    ? (list) => (list as readonly unknown[]).map(write)
    : (value) => (value === null ? null : write(value));
};

/** Makes of a value what a document shows of it: the members its schema names, in their order. */
export const jsonOf = <Type>(schema: Schema<Type>): ((value: Type) => Type) => {
  let write: Write | undefined;
  return (value) => {
    write ??= writeOf(schema) ?? ((one) => one);
    return write(value) as Type;
  };
};

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, flawIn } from '../../source/domain/schema-flaw.ts';
import * as schema from '../../source/domain/schema.ts';
import { isValid } from '../exports/validator.ts';

const { count, flag, listOf, mapOf, objectOf, oneOf, only, orNull, text, textOrNull, unionOf } =
  schema;

const SCHEMA = objectOf(
  {
    version: only(1),
    name: textOrNull,
    hash: schema.sha256,
    kind: oneOf('a', 'b', null),
    list: listOf(objectOf({ at: schema.time, many: count, of: orNull(objectOf({ is: flag })) })),
    what: unionOf(
      objectOf({ by: only('a'), word: text }),
      objectOf({ by: only('b'), size: schema.sizeOrNull }),
    ),
  },
  { by: mapOf(schema.integer) },
);

const ROW = { at: '2026-09-24T10:00:00Z', many: 0, of: null };
const GOOD = {
  ...{ version: 1, name: null, hash: 'a'.repeat(64), kind: null, list: [ROW, ROW] },
  what: { by: 'b', size: 1.5 },
};

const CASES: readonly (readonly [data: unknown, flaw: string | null])[] = [
  [GOOD, null],
  [{ ...GOOD, later: 1, by: {} }, null],
  [{ ...GOOD, what: { by: 'a', word: '' } }, null],
  [null, 'it must be object'],
  [[], 'it must be object'],
  [{ version: 1, name: null }, 'hash is missing'],
  [{ ...GOOD, version: 2 }, 'version must be 1'],
  [{ ...GOOD, name: 3 }, 'name must be string or null'],
  [{ ...GOOD, hash: 'A' }, 'hash must be like ^[0-9a-f]{64}$'],
  [{ ...GOOD, kind: 'c' }, 'kind must be a or b or null'],
  [{ ...GOOD, list: {} }, 'list must be array'],
  [{ ...GOOD, list: [ROW, { ...ROW, many: -1 }] }, 'list.1.many must be at least 0'],
  [{ ...GOOD, list: [{ ...ROW, many: 0.5 }] }, 'list.0.many must be integer'],
  [{ ...GOOD, list: [{ ...ROW, of: { is: 'yes' } }] }, 'list.0.of.is must be boolean'],
  [{ ...GOOD, what: { by: 'c' } }, 'what.word is missing'],
  [{ ...GOOD, by: { '\u001b[31m': '1' } }, 'by.\\x1b[31m must be integer'],
];

for (const [data, flaw] of CASES)
  test(`of data that was read: ${flaw ?? 'nothing is wrong'}`, () => {
    assert.equal(flawIn(SCHEMA, data), flaw);
    assert.equal(fits(SCHEMA, data), flaw === null);
    assert.equal(isValid(SCHEMA, data), flaw === null, 'as a validator of JSON Schema says');
  });

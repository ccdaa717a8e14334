import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isObject } from '../../../source/domain/json.ts';
import type { SplitValue } from '../../../source/formats/json/split-value.ts';
import { ValueSplitter } from '../../../source/formats/json/value-splitter.ts';
import { TOO_LONG } from '../../../source/formats/json/split-value.ts';

/** In these tests an element is an object with an id, or a table's row. */
const isElement = (value: unknown, columns: readonly string[] | null): boolean =>
  columns === null ? isObject(value) && 'id' in value : Array.isArray(value);

const split = (text: string | Buffer, sizes: readonly number[] = []): SplitValue[] => {
  const file = Buffer.from(text);
  const splitter = new ValueSplitter(isElement);
  const values: SplitValue[] = [];
  let at = 0;
  for (const size of [...sizes, file.length]) {
    values.push(...splitter.push(file.subarray(at, at + size)));
    at += size;
  }
  values.push(...splitter.end());
  return values;
};

const inShort = (text: string): string[] =>
  split(text).map(({ line, value, columns, damage }) => {
    if (damage !== null) return `${line} ${damage}`;
    if (columns !== null) return `${line} ${JSON.stringify(value)}`;
    return `${line} ${isObject(value) ? String(value['id']) : JSON.stringify(value)}`;
  });

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const BROKEN = 'broken JSON';
const TRUNCATED = 'truncated: the file ends inside this record';

test('one array, compact or pretty', () => {
  assert.deepEqual(inShort('[{"id":1},{"id":2}]'), ['1 1', '1 2']);
  assert.deepEqual(inShort(pretty([{ id: 1 }, { id: 2, a: [{ id: 3 }] }])), ['2 1', '5 2']);
  assert.deepEqual(inShort('[]'), []);
});

test('a value a line, with blank lines and byte order marks in the middle', () => {
  assert.deepEqual(inShort('\uFEFF{"id":1}\n\n\uFEFF{"id":2}\r\n{"id":3}'), ['1 1', '3 2', '4 3']);
});

test('arrays and single objects one after another, as -Append leaves them', () => {
  const text = `\uFEFF${pretty([{ id: 1 }, { id: 2 }])}\r\n\r\n${pretty({ id: 3 })}\r\n\uFEFF[{"id":4}][{"id":5}]`;
  assert.deepEqual(
    inShort(text).map((row) => row.split(' ')[1]),
    ['1', '2', '3', '4', '5'],
  );
});

test('merged files that lost brackets and commas where they meet', () => {
  assert.deepEqual(inShort('[{"id":1},\n{"id":2}\n][\n{"id":3}\n{"id":4},\n]'), [
    '1 1',
    '2 2',
    '4 3',
    '5 4',
  ]);
});

test('pages, one and several, and what stands around their records', () => {
  const page = (ids: number[]) =>
    JSON.stringify({
      '@odata.context': 'x',
      value: ids.map((id) => ({ id })),
      '@odata.nextLink': 'y',
    });
  assert.deepEqual(inShort(page([1, 2])), ['1 1', '1 2']);
  assert.deepEqual(inShort(`${page([1])}\n${page([])}\n${page([2])}`), ['1 1', '3 2']);
  assert.deepEqual(inShort(`[${page([1])},${page([2])}]`), ['1 1', '1 2']);
  assert.deepEqual(inShort(pretty({ records: [{ id: 1 }], time: { a: [1] } })), ['3 1']);
  assert.deepEqual(
    inShort(pretty({ took: 3, hits: { total: { value: 1 }, hits: [{ id: 1 }] }, x: 1 })),
    ['8 1'],
  );
});

test('tables: rows come with the columns they stand under', () => {
  const columns = [{ name: 'id', type: 'string' }, { name: 'b' }];
  const [first, ...rest] = split(
    JSON.stringify({
      tables: [
        {
          name: 't',
          columns,
          rows: [
            [1, 2],
            [3, null],
          ],
        },
      ],
    }),
  );
  assert.deepEqual(first?.columns, ['id', 'b']);
  assert.deepEqual(first?.value, [1, 2]);
  assert.equal(rest.length, 1);
  assert.deepEqual(inShort('{"columns":["id"],"rows":[[1],[2]]}'), ['1 [1]', '1 [2]']);
});

test('a record is never taken for a page by a list inside it', () => {
  const record = { CreationTime: 't', id: 1, value: [{ id: 2 }], records: [{ id: 3 }] };
  assert.deepEqual(inShort(JSON.stringify([record])), ['1 1']);
});

test('a record that lost a brace, a quote or a comma is one damaged row; its neighbours are read', () => {
  const neighbours = (broken: string) => inShort(`[{"id":1},\n${broken},\n{"id":3}]`);
  for (const broken of [
    '{"id":2,"a":{"b":1}',
    '{"id":2,"a":"b}',
    '{"id":2 "a":1}',
    '{"id":2,"a":[1}',
    '{"id":2,,}',
    '{"id":2,"a":tru}',
    '"id":2}',
    '#\u0001',
  ]) {
    assert.deepEqual(neighbours(broken), ['1 1', `2 ${BROKEN}`, '3 3'], broken);
  }
});

test('in a file of a record a line, each broken line is one damaged row', () => {
  assert.deepEqual(inShort('{"id":1}\n{"id":2,"a":"x\n{"id":3,"b":\n{"id":4}\noops\n{"id":5}\n'), [
    '1 1',
    `2 ${BROKEN}`,
    `3 ${BROKEN}`,
    '4 4',
    `5 ${BROKEN}`,
    '6 5',
  ]);
});

test('a line that was cut and written over keeps the record that follows on it', () => {
  assert.deepEqual(inShort('{"id":1}\n{"id":2,"a":"te{"id":3}\n{"id":4}\n'), [
    '1 1',
    `2 ${BROKEN}`,
    '2 3',
    '3 4',
  ]);
});

test('a truncated file says so, whatever held its records', () => {
  assert.deepEqual(inShort('[{"id":1},{"id":2,"a":"tex'), ['1 1', `1 ${TRUNCATED}`]);
  assert.deepEqual(inShort('{"id":1}\n{"id":2,"a"'), ['1 1', `2 ${TRUNCATED}`]);
  assert.deepEqual(inShort('{"value":[{"id":1},{"id":2,'), ['1 1', `1 ${TRUNCATED}`]);
  const open = 'truncated: the file ends before its list of records is closed';
  assert.deepEqual(inShort('[{"id":1},{"id":2},\n'), ['1 1', '1 2', `2 ${open}`]);
  assert.deepEqual(inShort('{"value":[{"id":1}'), ['1 1', `1 ${open}`]);
  assert.deepEqual(inShort('{"value":[{"id":1}],"@odata.next'), ['1 1', `1 ${open}`]);
});

test('an error that a server spliced into a page costs one record', () => {
  const text =
    '{"value":[{"id":1},{"id":2,"units":[""]{"error":{"code":"UnknownError"}}\n{"value":[{"id":3}]}';
  assert.deepEqual(inShort(text), ['1 1', `1 ${BROKEN}`, '2 3']);
});

test('any records in any container and any chunks: the same records', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('a', 'é', '😀', '"', '\\', '\n', '{', ']', ','),
    maxLength: 6,
  });
  const plain = { noNullPrototype: true } as const;
  const inner = fc.record({ id: fc.nat() }, plain);
  const record = fc.record({ id: fc.nat(), text: anyText, list: fc.array(inner) }, plain);
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 200 });
  const container = fc.constantFrom<(records: object[]) => string>(
    (records) => JSON.stringify(records),
    pretty,
    (records) => records.map((one) => `${JSON.stringify(one)}\n`).join(''),
    (records) => records.map(pretty).join('\n'),
    (records) => records.map((one) => `\uFEFF${pretty([one])}`).join(''),
    (records) => JSON.stringify({ value: records, after: [1] }),
    (records) => records.map((one) => JSON.stringify({ records: [one] })).join('\n'),
  );
  fc.assert(
    fc.property(fc.array(record), container, sizes, (records, contain, chunks) => {
      const text = contain(records);
      const found = split(text, chunks);
      assert.deepEqual(
        found.map(({ value }) => value),
        records,
      );
      const bytes = Buffer.from(text);
      for (const { start, end, value, line } of found) {
        assert.deepEqual(JSON.parse(bytes.toString('utf8', start, end)), value);
        assert.equal(line, bytes.toString('utf8', 0, start).split('\n').length);
      }
    }),
    { numRuns: 500 },
  );
});

test('any text at all, however broken: any chunks give the same rows, and nothing is skipped', () => {
  const soup = fc.string({
    unit: fc.constantFrom(
      '{"id":1}',
      '"{x"',
      '{"id":2,"a":"',
      '[',
      ']',
      '{',
      '}',
      ',',
      '\n',
      '"',
      'x',
      ':',
      '\uFEFF',
      ' ',
      '{"value":[',
      '{"columns":["id"],"rows":[',
      '[1]',
      '\n{"id":3}\n',
    ),
    maxLength: 40,
  });
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 60 });
  fc.assert(
    fc.property(soup, sizes, (text, chunks) => {
      const values = split(text, chunks);
      assert.deepEqual(values, split(text));
      for (let at = 1; at < values.length; at++) {
        assert.ok((values[at]?.start ?? 0) >= (values[at - 1]?.end ?? 0));
      }
      // Every element that could be read alone, and stands between line ends, is found.
      if (text.includes('\n{"id":3}\n')) assert.ok(values.length > 0);
    }),
    { numRuns: 3000 },
  );
});

test('an object that is never closed ends somewhere, and the record after it is read', () => {
  const splitter = new ValueSplitter(isElement);
  const values: SplitValue[] = [...splitter.push(Buffer.from('[{"id":1},{"id":2,"a":{\n'))];
  const members = Buffer.from(`${'"key":"value",'.repeat(70_000)}\n`);
  for (let megabyte = 0; megabyte < 20; megabyte++) values.push(...splitter.push(members));
  values.push(...splitter.push(Buffer.from('{"id":3}]')), ...splitter.end());
  assert.deepEqual(
    values.map(({ line, damage }) => `${line} ${damage}`),
    ['1 null', `1 ${TOO_LONG}`, '22 null'],
  );
});

test('deep nesting that leads nowhere does not hide the record at its end', () => {
  const text = `[{"id":1},{"id":2,"a":{{\n${'{"a":'.repeat(60_000)}\n{"id":3}]`;
  assert.deepEqual(inShort(text), ['1 1', `1 ${BROKEN}`, '3 3']);
});

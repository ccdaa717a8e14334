import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cellText } from '../../../source/formats/csv/scan-record.ts';
import { RecordSplitter, type SplitRecord } from '../../../source/formats/csv/record-splitter.ts';

interface Read {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[] | string;
}

const read = ({ line, start, end, bytes, bounds, damage }: SplitRecord): Read => ({
  line,
  start,
  end,
  cells: damage ?? Array.from({ length: bounds.count }, (_, cell) => cellText(bytes, bounds, cell)),
});

const split = (
  file: Buffer,
  columns: number,
  sizes: readonly number[],
  delimiter = ',',
): Read[] => {
  const splitter = new RecordSplitter(delimiter, columns);
  const records: Read[] = [];
  let at = 0;
  for (const size of [...sizes, file.length]) {
    for (const record of splitter.push(file.subarray(at, at + size))) records.push(read(record));
    at += size;
  }
  for (const record of splitter.end()) records.push(read(record));
  return records;
};

const inShort = (text: string, columns: number): string[] =>
  split(Buffer.from(text), columns, []).map(({ line, cells }) => `${line} ${String(cells)}`);

const anyCell = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', ' ', '"', ',', ';', '\n', '\r', '\r\n', '{', ''),
  maxLength: 8,
});
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 });

const quoted = (cell: string, delimiter: string, always: boolean): string =>
  always || /["\r\n]/.test(cell) || cell.includes(delimiter) || cell === ''
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;

test('any cells in any chunks: the records csv-parse finds', () => {
  const table = fc.record({
    columns: fc.integer({ min: 2, max: 4 }),
    rows: fc.array(fc.array(anyCell, { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 8,
    }),
    delimiter: fc.constantFrom(',', ';', '\t'),
    lineEnd: fc.constantFrom('\r\n', '\n'),
    lastLineEnd: fc.boolean(),
    always: fc.boolean(),
    sizes,
  });
  fc.assert(
    fc.property(
      table,
      ({ columns, rows, delimiter, lineEnd, lastLineEnd, always, sizes: chunks }) => {
        const text =
          rows
            .map((row) => row.slice(0, columns).map((cell) => quoted(cell, delimiter, always)))
            .map((cells) => cells.join(delimiter))
            .join(lineEnd) + (lastLineEnd ? lineEnd : '');
        const file = Buffer.from(text);
        const expected = parse(file, { delimiter, record_delimiter: ['\r\n', '\n'] });
        const found = split(file, columns, chunks, delimiter);
        assert.deepEqual(
          found.map(({ cells }) => cells),
          expected,
        );
        for (const { line, start } of found) {
          assert.equal(line, file.subarray(0, start).toString().split('\n').length);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('any text at all, however broken: any chunks give the same records, and nothing is skipped', () => {
  const soup = fc.string({
    unit: fc.constantFrom('a', 'b', '"', '""', ',', '\n', '\r\n', '"\n"', '","', '\uFEFF'),
    maxLength: 80,
  });
  fc.assert(
    fc.property(soup, sizes, fc.integer({ min: 1, max: 3 }), (text, chunks, columns) => {
      const file = Buffer.from(text);
      const records = split(file, columns, chunks);
      assert.deepEqual(records, split(file, columns, []));
      let at = 0;
      for (const { start, end } of records) {
        assert.match(file.subarray(at, start).toString(), /^[\s\uFEFF]*$/);
        at = end;
      }
      assert.match(file.subarray(at).toString(), /^[\s\uFEFF]*$/);
    }),
    { numRuns: 2000 },
  );
});

test('too few and too many cells damage a row, and only that row', () => {
  assert.deepEqual(inShort('a,b\n1\n1,2,3\nc,d', 2), [
    '1 a,b',
    '2 1 cell where the header has 2',
    '3 3 cells where the header has 2',
    '4 c,d',
  ]);
});

test('a quote that is never closed costs its own record and none after it', () => {
  assert.deepEqual(inShort('"a","b"\n"c","{""d\n"e","f"\n"g","h"\n', 2), [
    '1 a,b',
    '2 a quote is never closed',
    '3 e,f',
    '4 g,h',
  ]);
});

test('after a record cut inside many lines, reading goes on at the next whole record', () => {
  const text = 'x,1\n"id","{\n  ""a"": 1,\n  ""b""\ny,2\nz,"3"\n';
  assert.deepEqual(inShort(text, 2), ['1 x,1', '2 a quote is never closed', '5 y,2', '6 z,3']);
});

test('a file that ends inside a quoted cell ends with a damaged row', () => {
  assert.deepEqual(inShort('a,b\nc,"d', 2), ['1 a,b', '2 a quote is never closed']);
});

test('an open quote does not swallow a file of any size, nor hold it in memory', () => {
  const line = `${'x'.repeat(999)}\n`;
  const splitter = new RecordSplitter(',', 2);
  const records: Read[] = [];
  for (const record of splitter.push(Buffer.from('a,"b\n'))) records.push(read(record));
  for (let megabyte = 0; megabyte < 20; megabyte++) {
    for (const record of splitter.push(Buffer.from(line.repeat(1000)))) records.push(read(record));
  }
  for (const record of splitter.push(Buffer.from('c,d\n'))) records.push(read(record));
  for (const record of splitter.end()) records.push(read(record));
  assert.match(
    String(records[0]?.cells),
    /^a quote is never closed, or one record has more than 16 MiB/,
  );
  assert.deepEqual(records.at(-1)?.cells, ['c', 'd']);
  assert.equal(records.at(-1)?.line, 20_002);
});

test('behind a damaged record a record too long to be read is the same in whatever chunks it comes', () => {
  const long = `"${'a'.repeat(17 << 20)}",b`;
  const file = Buffer.from(`"x"y,z\n${long}\nc,d\n`);
  const pieces = [(16 << 20) + 1000];
  const whole = split(file, 2, []);
  assert.deepEqual(split(file, 2, pieces), whole);
  assert.deepEqual(whole.at(-1)?.cells, ['c', 'd']);
});

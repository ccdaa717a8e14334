import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { cellText, csvRecord, rawText } from '../../../source/exports/csv/cell.ts';

const awkward = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '=',
          '+',
          '-',
          '@',
          '＝',
          '＋',
          '－',
          '＠',
          "'",
          '"',
          ' ',
          '\t',
          '\r',
          '\n',
          ';',
          ',',
          '\\',
        ],
        ...['u', '0', 'u003d', '\u001b', '\u2028', '\u200b', '\ud800', '\udc00', 'e', '1', 'x'],
      ),
    )
    .map((parts) => parts.join('')),
);

test('the raw value is never lost: what the rule writes reads back as it was', () => {
  fc.assert(
    fc.property(awkward, (raw) => {
      assert.equal(rawText(cellText(raw)), raw);
    }),
    { numRuns: 2000 },
  );
});

test('no cell begins a formula, at its start or behind a semicolon', () => {
  fc.assert(
    fc.property(awkward, (raw) => {
      const cell = cellText(raw);
      assert.doesNotMatch(cell, /^[\s"]*[=+\-@＝＋－＠]/u);
      assert.doesNotMatch(cell, /;[\s'"]*[=+\-@＝＋－＠]/u);
      assert.doesNotMatch(cell, /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/u);
    }),
    { numRuns: 2000 },
  );
});

test('a CSV reader gets back the cells, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(awkward, { minLength: 1, maxLength: 5 }), (raw) => {
      const [cells] = parse(csvRecord(raw), { record_delimiter: '\r\n' }) as string[][];
      assert.deepEqual(cells?.map(rawText), raw);
    }),
  );
});

const defused: readonly (readonly [raw: string, cell: string])[] = [
  ['=1+1', "'=1+1"],
  [" '=1+1", "' '=1+1"],
  ['"=1+1', '\'"=1+1'],
  ['\t=1+1', "'\\u0009=1+1"],
  ['\u0000@SUM(A1)', "'\\u0000@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ["'quoted", "''quoted"],
  ['-10 %', "'-10 %"],
  ['\rnext', '\\u000dnext'],
  ['a@x; =b@x', 'a@x; \\u003db@x'],
  ['\\Inbox', '\\Inbox'],
  ['\\u003d', '\\u005cu003d'],
  ['3e120', "'3e120"],
  ['00420', "'00420"],
  ['20260924101112', "'20260924101112"],
  ['a=b+c', 'a=b+c'],
  ['Plain, "quoted" text', 'Plain, "quoted" text'],
];

for (const [raw, cell] of defused)
  test(`${JSON.stringify(raw)} is written ${JSON.stringify(cell)}`, () => {
    assert.equal(cellText(raw), cell);
  });

test('a record ends in CR LF, and nothing is told from an empty text', () => {
  assert.equal(csvRecord([null, '', 'a,b', 3, true]), ',"","a,b",3,true\r\n');
});

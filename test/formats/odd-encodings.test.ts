/** Files that other machines, other decades and torn disks make of an export. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseRows, planCase } from '../../scripts/generator/case.ts';
import { auditContainers } from '../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../scripts/generator/containers/container.ts';
import { rereadRow } from '../../source/formats/open-rows.ts';
import { inShort, problemOf, readFile, rowsOf } from './rows-of.ts';

const records = [...caseRows(planCase({ seed: 5, rows: 40 }))].map(({ record }) => record);
const written = (name: string): string => {
  const container = auditContainers.find((one) => one.name === name) ?? assert.fail(name);
  const text = Buffer.from(writeContainer(container, records)).toString();
  return text.replace(/^\uFEFF/, '');
};
const CSV = written('search-ual');
const LINES = written('ualgraph-jsonl');

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

for (const [name, text] of [
  ['CSV', CSV],
  ['NDJSON', LINES],
] as const) {
  const plain = rowsOf(text).map(inShort);
  test(`${name} in UTF-16BE, with and without a mark, in chunks of any size`, () => {
    assert.equal(plain.length, records.length);
    for (const mark of ['\uFEFF', ''])
      for (const chunk of [101, 1 << 16]) {
        const bytes = swapped(mark + text);
        const { reader, rows } = readFile(bytes, chunk);
        assert.equal(reader.layout.encoding, 'utf-16be');
        assert.deepEqual(rows.map(inShort), plain);
        for (const row of rows) {
          const again = rereadRow(reader.layout, bytes.subarray(row.start, row.end));
          assert.deepEqual(again.content, row.content);
          assert.ok(again.text.includes('MailItemsAccessed') || again.text.includes('Operation'));
        }
      }
  });

  test(`${name} with CR alone at the end of lines`, () => {
    const bytes = Buffer.from(text.replace(/\r?\n/g, '\r'));
    for (const chunk of [101, 1 << 16]) {
      const { reader, rows } = readFile(bytes, chunk);
      assert.equal(rows.length, plain.length);
      assert.ok(rows.every(({ content }) => content.kind === 'audit'));
      for (const row of rows)
        assert.deepEqual(
          rereadRow(reader.layout, bytes.subarray(row.start, row.end)).content,
          row.content,
        );
    }
  });

  test(`${name} with a block of zeros that a disk left behind it: one damaged row`, () => {
    // Short, so that the zeros stand where a binary file is told from text.
    const end = text.indexOf('\n', text.indexOf('\n') + 1) + 1;
    const short = text.slice(0, end);
    const before = rowsOf(short).map(inShort);
    const rows = rowsOf(Buffer.concat([Buffer.from(short), Buffer.alloc(8192)]));
    assert.deepEqual(rows.slice(0, before.length).map(inShort), before);
    assert.deepEqual(
      rows.slice(before.length).map(({ content }) => content.kind),
      ['damaged'],
    );
  });
}

test('zeros alone are no text; before records they are one damaged row', () => {
  assert.match(problemOf(Buffer.alloc(5000)), /binary file/);
  const rows = rowsOf(Buffer.concat([Buffer.alloc(5000), Buffer.from(`\n${LINES}`)]));
  assert.deepEqual(
    rows.map(({ content }) => content.kind),
    ['damaged', ...records.map(() => 'audit')],
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { claimingFormats, rereadRow } from '../../source/formats/open-rows.ts';
import { FORMATS } from '../../source/formats/registry.ts';
import { readFile } from './rows-of.ts';

for (const format of FORMATS) {
  test(`${format.name} claims its own sample, no other does, and every row of it is read`, () => {
    const sample = Buffer.from(format.sample);
    assert.deepEqual(
      claimingFormats(sample, true).map(({ name }) => name),
      [format.name],
    );
    const { reader, rows } = readFile(sample);
    assert.ok(rows.length > 0);
    for (const row of rows) {
      assert.equal(row.content.kind, format.kind, JSON.stringify(row.content));
      const again = rereadRow(reader.layout, sample.subarray(row.start, row.end));
      assert.deepEqual(again.content, row.content);
    }
  });
}

test('names are kebab-case and no two formats share a name or a title', () => {
  for (const { name } of FORMATS) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.equal(new Set(FORMATS.map(({ name }) => name)).size, FORMATS.length);
  assert.equal(new Set(FORMATS.map(({ title }) => title)).size, FORMATS.length);
});

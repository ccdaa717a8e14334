import assert from 'node:assert/strict';
import test from 'node:test';
import { caseRows, planCase } from '../../scripts/generator/case.ts';
import { auditContainers } from '../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../scripts/generator/containers/container.ts';
import { claimingFormats, rereadRow } from '../../source/formats/open-rows.ts';
import { readFile } from './rows-of.ts';

const records = [...caseRows(planCase({ seed: 11, rows: 90 }))].map(({ record }) => record);

for (const container of auditContainers) {
  test(`${container.name}: one format claims it, and every record comes out, row by row`, () => {
    const file = writeContainer(container, records);
    assert.equal(
      claimingFormats(file.subarray(0, 256 * 1024), file.length <= 256 * 1024).length,
      1,
    );
    const { reader, rows } = readFile(file, 4096);
    assert.equal(rows.length, records.length);
    for (const [at, row] of rows.entries()) {
      const { content } = row;
      if (content.kind !== 'audit') assert.fail(`line ${row.line}: ${JSON.stringify(content)}`);
      assert.equal(content.auditData['Id'], records[at]?.['Id']);
      assert.equal(content.auditData['Operation'], records[at]?.['Operation']);
      assert.deepEqual(
        rereadRow(reader.layout, file.subarray(row.start, row.end)).content,
        content,
      );
    }
  });
}

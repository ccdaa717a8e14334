import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { caseRows, planCase } from '../../scripts/generator/case.ts';
import { auditContainers } from '../../scripts/generator/containers/all.ts';
import { writeContainer } from '../../scripts/generator/containers/container.ts';
import { rowsOf } from './rows-of.ts';

const records = [...caseRows(planCase({ seed: 7, rows: 14 }))].map(({ record }) => record);

/** What a failing disk, an editor or a careless copy does: a byte lost, changed or added. */
const anyDamage = fc.record({
  /** Where, as a share of the file behind its header and first records. */
  share: fc.double({ min: 0.3, max: 0.98, noNaN: true }),
  lost: fc.integer({ min: 0, max: 3 }),
  put: fc.constantFrom('', '"', '{', '}', '[', ']', ',', ';', '\n', '\\', 'x'),
});

for (const container of auditContainers) {
  test(`${container.name}: damage in one place costs the records there and no others`, () => {
    const file = Buffer.from(writeContainer(container, records));
    const width = container.encoding.startsWith('utf-16') ? 2 : 1;
    const put = (text: string) => Buffer.from(text, width === 2 ? 'utf16le' : 'utf8');
    fc.assert(
      fc.property(anyDamage, ({ share, lost, put: added }) => {
        const at = Math.floor((file.length * share) / width) * width;
        const rest = file.subarray(at + lost * width);
        const damaged = Buffer.concat([file.subarray(0, at), put(added), rest]);
        const rows = rowsOf(damaged);
        const read = rows.filter(({ content }) => content.kind === 'audit').length;
        assert.ok(read >= records.length - 2, `${read} of ${records.length} read`);
        assert.ok(rows.length >= records.length - 1, `${rows.length} rows`);
        assert.deepEqual(rowsOf(damaged, 101), rows);
      }),
      { numRuns: 25, seed: 42 },
    );
  });
}

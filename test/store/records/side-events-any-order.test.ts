import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonValue } from '../../../source/domain/json.ts';
import { bindData } from '../../domain/records/audit-data.ts';
import { type MadeRow, MemoryRecords } from './ingest-in-memory.ts';

const item = (name: string) => ({
  Id: `item ${name}`,
  InternetMessageId: `<${name}@x>`,
  Subject: name,
});

/** Events of three ids that say the same, less, or something else; and records beside them. */
const anyRow: fc.Arbitrary<MadeRow> = fc.oneof(
  fc
    .record({
      Id: fc.constantFrom('event-1', 'event-2', 'event-3'),
      Operation: fc.constantFrom('Send', 'SoftDelete', 'Set-InboxRule'),
      ClientIPAddress: fc.constantFrom('203.0.113.7', '198.51.100.9', undefined),
      SessionId: fc.constantFrom('s-one', 's-two', undefined),
      AffectedItems: fc.constantFrom<JsonValue | undefined>(
        [item('a')],
        [item('a'), item('b')],
        [item('c')],
        undefined,
      ),
      Parameters: fc.constantFrom<JsonValue | undefined>(
        [{ Name: 'MoveToFolder', Value: 'RSS' }],
        [{ Name: 'MoveToFolder', Value: 'Archive' }],
        undefined,
      ),
    })
    .map((over) => bindData({ Folders: undefined, ...over })),
  fc.record({ Id: fc.constantFrom('record-1', 'record-2') }).map((over) => bindData(over)),
  fc.constant(bindData({ Operation: 'UserLoggedIn' })),
  fc.constant('broken row'),
);

const anyFiles = fc.array(fc.array(anyRow, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

describe('side events of any files, in any order and batches', () => {
  it('make the same case with the same totals; the six outcomes of a file add up', () => {
    const shuffled = anyFiles.chain((files) =>
      fc.tuple(
        fc.constant(files),
        fc.shuffledSubarray(files, { minLength: files.length }),
        fc.integer({ min: 1, max: 4 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([files, order, batch]) => {
        const [one, two] = [new MemoryRecords(), new MemoryRecords()];
        const inOne = files.map((rows) => one.add(rows));
        const inTwo = order.map((rows) => two.add(rows, batch));
        inOne.forEach((source, at) => {
          const { rows, ...outcomes } = one.counts(source);
          assert.equal(rows, files[at]?.length);
          assert.equal(
            Object.values(outcomes).reduce((sum, outcome) => sum + outcome, 0),
            rows,
          );
        });
        assert.deepEqual(two.totals(inTwo), one.totals(inOne));
        assert.equal(two.digest(), one.digest());
        one.db.close();
        two.db.close();
      }),
      { numRuns: 50 },
    );
  });

  it('say without a file that was taken away what they say had it never been there', () => {
    fc.assert(
      fc.property(anyFiles, fc.array(anyRow, { minLength: 1, maxLength: 6 }), (files, wrong) => {
        const [one, two] = [new MemoryRecords(), new MemoryRecords()];
        const mistake = two.add(wrong);
        const inOne = files.map((rows) => one.add(rows));
        const inTwo = files.map((rows) => two.add(rows));
        two.remove(mistake);
        assert.deepEqual(two.totals(inTwo), one.totals(inOne));
        assert.equal(two.digest(), one.digest());
        one.db.close();
        two.db.close();
      }),
      { numRuns: 40 },
    );
  });

  it('contradict where copies name other items, and not where one names fewer', () => {
    const records = new MemoryRecords();
    const send = (items: readonly string[]) =>
      bindData({
        Id: 'e',
        Operation: 'SoftDelete',
        Folders: undefined,
        AffectedItems: items.map(item),
      });
    const source = records.add([send(['a', 'b']), send(['a']), send(['c'])]);
    const { sideEvents, duplicates, conflicts } = records.counts(source);
    assert.deepEqual([sideEvents, duplicates, conflicts], [1, 1, 1]);
    records.db.close();
  });
});

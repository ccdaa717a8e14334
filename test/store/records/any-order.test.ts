import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { RowCounts } from '../../../source/domain/source.ts';
import { bindData, syncData } from '../../domain/audit-data.ts';
import { MemoryRecords, type MadeRow } from './intake-in-memory.ts';

/** Rows from a small world, so that ids meet: equal, poorer, richer, contradicting. */
const anyBind = fc
  .record({
    Id: fc.constantFrom('id-1', 'id-2', 'id-3'),
    CreationTime: fc.constantFrom('2026-09-14T08:05:00', '2026-09-14T09:00:00'),
    ClientIPAddress: fc.constantFrom('198.51.100.7', '203.0.113.1', undefined),
    SessionId: fc.constantFrom('s-one', 's-two', undefined),
    AppAccessContext: fc.constantFrom(
      undefined,
      { AADSessionId: 's-aad' },
      { AADSessionId: 's-two' },
    ),
    MailboxOwnerUPN: fc.constantFrom('vera@contoso.example', 'renamed@contoso.example'),
    OperationCount: fc.constantFrom(1, 2, undefined),
    Folders: fc.constantFrom(
      [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@x>' }] }],
      [
        {
          Id: 'F',
          Path: '\\Inbox',
          FolderItems: [{ InternetMessageId: '<a@x>', SizeInBytes: 5 }, { Id: 'i' }],
        },
      ],
      [{ Id: 'F', Path: 'Inbox', FolderItems: [{ InternetMessageId: '<b@x>', Id: 'item' }] }],
      [
        {
          Id: 'F',
          FolderItems: [
            { Id: 'i', Subject: 'Offer' },
            { Id: 'item', Subject: 'Draft' },
          ],
        },
      ],
      [{ Id: 'F', FolderItems: [{ Id: 'i', Subject: 'Another offer' }] }],
      'System.Object[]',
    ),
  })
  .map((over) => bindData(over as JsonObject));

const anyRow: fc.Arbitrary<MadeRow> = fc.oneof(
  { weight: 8, arbitrary: anyBind },
  { weight: 2, arbitrary: fc.constantFrom('id-5', 'id-1').map((Id) => syncData({ Id })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<MadeRow>(
      bindData({ Operation: 'Send' }),
      bindData({ Operation: 'SoftDelete', AffectedItems: [{ Id: 'i', Subject: 'Gone' }] }),
      bindData({ Id: undefined }),
      'broken JSON',
    ),
  },
);

const anyFiles = fc.array(fc.array(anyRow, { maxLength: 6 }), { minLength: 1, maxLength: 4 });

const addUp = (counts: RowCounts): number =>
  counts.accepted + counts.otherOperations + counts.duplicates + counts.conflicts + counts.damaged;

describe('domain.md 1 and 2: rows of any files, in any order and batches', () => {
  it('have five fates that add up to the rows, file by file', () => {
    fc.assert(
      fc.property(anyFiles, fc.integer({ min: 1, max: 5 }), (files, batch) => {
        const records = new MemoryRecords();
        const sources = files.map((rows) => records.add(rows, batch));
        sources.forEach((source, at) => {
          assert.equal(records.counts(source).rows, files[at]?.length);
          assert.equal(addUp(records.counts(source)), files[at]?.length);
        });
        records.db.close();
      }),
    );
  });

  it('make the same case, with the same totals', () => {
    const shuffled = anyFiles.chain((files) =>
      fc.tuple(
        fc.constant(files),
        fc
          .shuffledSubarray(files, { minLength: files.length })
          .chain((order) =>
            fc.tuple(...order.map((rows) => fc.shuffledSubarray(rows, { minLength: rows.length }))),
          ),
        fc.integer({ min: 1, max: 5 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([files, order, batch]) => {
        const [one, two] = [new MemoryRecords(), new MemoryRecords()];
        const inOne = files.map((rows) => one.add(rows));
        const inTwo = order.map((rows) => two.add(rows, batch));
        assert.deepEqual(two.totals(inTwo), one.totals(inOne));
        assert.equal(two.digest(), one.digest());
        one.db.close();
        two.db.close();
      }),
      { numRuns: 150 },
    );
  });

  it('say without a file that was taken away what they say had it never been there', () => {
    fc.assert(
      fc.property(
        anyFiles,
        fc.array(anyRow, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (files, wrong, place) => {
          const [one, two] = [new MemoryRecords(), new MemoryRecords()];
          const inOne = files.map((rows) => one.add(rows));
          const at = place % (files.length + 1);
          const before = files.slice(0, at).map((rows) => two.add(rows));
          const mistake = two.add(wrong);
          const after = files.slice(at).map((rows) => two.add(rows));
          two.remove(mistake);
          assert.deepEqual(two.totals([...before, ...after]), one.totals(inOne));
          assert.equal(two.digest(), one.digest());
          one.db.close();
          two.db.close();
        },
      ),
      { numRuns: 100 },
    );
  });
});

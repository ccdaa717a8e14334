import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { RowCounts } from '../../../source/domain/records/source.ts';
import { tableContents } from '../../../source/store/records/table-contents.ts';
import { bindData, syncData } from '../../domain/records/audit-data.ts';
import { MemoryRecords, type MadeRow } from './ingest-in-memory.ts';
import { saidBy } from './said-by-records.ts';

/**
 * What a container can lose of a record, and what another can spell differently: each leaves a poorer
 * copy, or one that is merely written otherwise.
 */
const LOSSES: readonly JsonObject[] = [
  {},
  { MailboxGuid: undefined },
  { MailboxGuid: undefined, MailboxOwnerUPN: undefined },
  { MailboxOwnerUPN: undefined },
  { AppAccessContext: { AADSessionId: 's-other', UniqueTokenId: 'token' } },
  { Folders: undefined },
  { Folders: 'System.Object[]' },
  { SessionId: undefined },
  { ClientInfoString: undefined },
  { ClientIPAddress: undefined },
  { UserType: undefined, UserId: undefined },
  { LogonType: undefined, LogonUserSid: undefined },
  { OperationProperties: undefined },
  { OperationCount: undefined },
  { ClientIPAddress: '198.51.100.7:4711' },
  { SessionId: undefined, DeviceProperties: [{ Name: 'SessionId', Value: 's-one' }] },
  { SessionId: undefined, AppAccessContext: { AADSessionId: 's-one', UniqueTokenId: 'token' } },
  {
    Folders: [{ Id: 'F', Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] }],
  },
  { Folders: [{ Id: 'F', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] }] },
  {
    Folders: [
      {
        Id: 'F',
        Name: 'Inbox',
        FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i', SizeInBytes: 7 }],
      },
      { Id: 'G', Path: '\\Sent Items', FolderItems: [] },
    ],
  },
  { Folders: [{ Name: 'Inbox', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] }] },
  {
    Folders: [
      { Id: 'G', Path: '\\Sent Items', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] },
    ],
  },
  {
    Folders: [
      { Id: 'F', Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] },
      { Id: 'G', Path: '\\Sent Items', FolderItems: [] },
    ],
  },
  {
    Folders: [
      { Id: 'F', Path: '\\Inbox', FolderItems: [] },
      { Id: 'G', Path: '\\Sent Items', FolderItems: [{ InternetMessageId: '<a@x>', Id: 'i' }] },
    ],
  },
];

/** Copies of three records, some of them poorer in one or two ways. */
const anyCopy = fc
  .tuple(
    fc.constantFrom('copy-1', 'copy-2', 'copy-3'),
    fc.constantFrom(...LOSSES),
    fc.constantFrom(...LOSSES),
    fc.constantFrom('Bind', 'Sync'),
  )
  .map(([Id, one, other, type]) =>
    type === 'Bind'
      ? bindData({ Id, ClientIPAddress: '198.51.100.7', SessionId: 's-one', ...one, ...other })
      : syncData({ Id: `sync-${Id}`, SessionId: 's-one', ...one, ...other }),
  );

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
  { weight: 8, arbitrary: anyCopy },
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
  counts.accepted +
  counts.sideEvents +
  counts.otherOperations +
  counts.duplicates +
  counts.conflicts +
  counts.damaged;

const copyWith = (loss: JsonObject): JsonObject =>
  bindData({ Id: 'copy-1', ClientIPAddress: '198.51.100.7', SessionId: 's-one', ...loss });

/** What `say` finds when these files are imported in this order; `without`: this one is withdrawn. */
const afterImports = <Said>(
  say: (db: DatabaseSync) => Said,
  files: readonly (readonly MadeRow[])[],
  without?: number,
): Said => {
  const records = new MemoryRecords();
  const sources = files.map((rows) => records.add(rows));
  if (without !== undefined) records.remove(sources[without] ?? 0);
  const said = say(records.db);
  records.db.close();
  return said;
};

describe('domain.md 1 and 2: rows of any files, in any order and batches', () => {
  it('have five outcomes that add up to the rows, file by file', () => {
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
        assert.deepEqual(saidBy(two.db), saidBy(one.db));
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
          assert.deepEqual(saidBy(two.db), saidBy(one.db));
          assert.deepEqual(tableContents(two.db), tableContents(one.db));
          assert.equal(two.digest(), one.digest());
          one.db.close();
          two.db.close();
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keep nothing of a copy that another replaced, whatever either of them lost', () => {
    const other = bindData({ Id: 'other', MailboxGuid: undefined, Folders: 'System.Object[]' });
    const alone = LOSSES.map((loss) => afterImports(tableContents, [[copyWith(loss)], [other]]));
    LOSSES.forEach((loss, at) => {
      for (const [further, another] of LOSSES.slice(at).entries()) {
        const [one, two] = [copyWith(loss), copyWith(another)];
        const words = JSON.stringify([loss, another]);
        const said = afterImports(saidBy, [[one], [two], [other]]);
        assert.deepEqual(afterImports(saidBy, [[other], [two], [one]]), said, words);
        // Withdrawing any of the files leaves what the others alone would have said.
        const without = (file: number) =>
          afterImports(tableContents, [[one], [two], [other]], file);
        assert.deepEqual(without(0), alone[at + further], words);
        if (at === 0)
          assert.deepEqual(without(2), afterImports(tableContents, [[one], [two]]), words);
      }
    });
  });

  it('leave no mailbox behind that only a poorer copy named', () => {
    const [poorer, fuller] = [copyWith({ MailboxGuid: undefined }), copyWith({})];
    const records = new MemoryRecords();
    records.add([poorer]);
    records.add([fuller]);
    const mailboxes = records.db.prepare('SELECT ident FROM mailboxes').all();
    assert.deepEqual(
      mailboxes.map((row) => row['ident']),
      [String(fuller['MailboxGuid']).toLowerCase()],
    );
    records.db.close();
  });
});

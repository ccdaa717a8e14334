/** What of a record is counted once, however often it says it, and what damaged rows leave behind. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindData } from '../../domain/records/audit-data.ts';
import { MemoryRecords, type MadeRow } from './ingest-in-memory.ts';

const INBOX = {
  Id: 'F1',
  Path: '\\Inbox',
  FolderItems: [{ InternetMessageId: '<a@x>', Id: 'one' }],
};
const SENT = {
  Id: 'F2',
  Path: '\\Sent',
  FolderItems: [{ InternetMessageId: '<a@x>', Id: 'two' }],
};

const readBack = (files: readonly (readonly MadeRow[])[], sql: string): readonly unknown[] => {
  const records = new MemoryRecords();
  for (const rows of files) records.add(rows);
  return records.db
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }));
};

test('a record that lists a message in two folders is one access of it', () => {
  const row = bindData({ Folders: [INBOX, SENT], OperationCount: 2 });
  assert.deepEqual(readBack([[row]], 'SELECT times FROM accesses'), [{ times: 1 }]);
});

test('variants of a record in one context are one record, with the earliest and latest time', () => {
  const at = (time: string) =>
    bindData({ Id: 'same', CreationTime: time, Folders: [INBOX], OperationCount: 1 });
  const files = [[at('2026-09-14T08:00:00')], [at('2026-09-14T09:00:00')]];
  assert.deepEqual(readBack(files, 'SELECT times, last - first AS apart FROM accesses'), [
    { times: 1, apart: 3_600_000 },
  ]);
  assert.deepEqual(readBack(files, 'SELECT records, binds, operations FROM contexts'), [
    { records: 1, binds: 1, operations: 1 },
  ]);
});

test('of records with items missing it is kept how many items they name and declare', () => {
  const rows = [
    bindData({ Id: 'cut', Folders: [INBOX], OperationCount: 40 }),
    bindData({ Id: 'lost', Folders: 'System.Object[]', OperationCount: undefined }),
    bindData({ Id: 'whole', Folders: [INBOX], OperationCount: 1 }),
  ];
  assert.deepEqual(
    readBack([rows], 'SELECT items_missing, items_named, items_declared FROM contexts'),
    [{ items_missing: 2, items_named: 1, items_declared: 41 }],
  );
});

test('a damaged row keeps its time where anything says it, and takes it along', () => {
  const rows = [bindData({ Id: undefined, CreationTime: '2026-09-14T08:00:00' }), 'broken'];
  const records = new MemoryRecords();
  const source = records.add(rows);
  const times = () => records.db.prepare('SELECT time FROM damaged_times').all();
  assert.deepEqual(
    times().map(({ time }) => time),
    [Date.parse('2026-09-14T08:00:00Z')],
  );
  records.remove(source);
  assert.deepEqual(times(), []);
});

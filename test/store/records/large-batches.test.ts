import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { DatabaseSync } from 'node:sqlite';
import { readRow } from '../../../source/domain/records/read-row.ts';
import { openRecords } from '../../../source/store/records/open-records.ts';
import { LoadingIndexes } from '../../../source/store/records/loading-indexes.ts';
import { RowPacker } from '../../../source/store/records/packed-rows.ts';
import { SourceIngest } from '../../../source/store/records/source-ingest.ts';
import { bindData } from '../../domain/records/audit-data.ts';
import { temporaryFolder } from '../../import/temporary-case.ts';
import { contentOf, MemoryRecords, PACK_ROWS, type MadeRow } from './ingest-in-memory.ts';

const indexesOf = (db: DatabaseSync): readonly string[] =>
  db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name`)
    .all()
    .map((row) => String(row['name']));

/**
 * Rows in which records, messages and the ways they are seen recur within a batch and across. An id
 * says nearly always the same.
 */
const rows = (from: number, count: number): readonly MadeRow[] =>
  Array.from({ length: count }, (_, at) => {
    const number = (from + at) % 1700;
    return bindData({
      Id: `id-${number}`,
      CreationTime: `2026-09-14T08:0${at % 331 === 0 ? 0 : number % 10}:00`,
      SessionId: `s-${number % 60}`,
      Folders: [
        {
          Id: `F${number % 2}`,
          Path: '\\Inbox',
          FolderItems: [
            { InternetMessageId: `<m${number % 900}@x>`, SizeInBytes: number % 4 },
            { Id: `item-${number % 500}` },
          ],
        },
      ],
    });
  });

describe('a batch that is large for the case', () => {
  it('says what many small ones say, and leaves every index', () => {
    const [large, small] = [new MemoryRecords(), new MemoryRecords()];
    const before = indexesOf(large.db);
    const files = [rows(0, 2000), rows(800, 1200), rows(0, 30)];
    const inLarge = files.map((file) => large.add(file));
    const inSmall = files.map((file) => small.add(file, 400));
    assert.equal(large.digest(), small.digest());
    assert.deepEqual(large.totals(inLarge), small.totals(inSmall));
    assert.deepEqual(indexesOf(large.db), before);
    for (const records of [large, small]) {
      assert.equal(records.db.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
      records.remove(2);
    }
    assert.equal(large.digest(), small.digest());
    large.db.close();
    small.db.close();
  });

  it('does without indexes until it ends, but not where its rows are there already', (t) => {
    const db = openRecords(join(temporaryFolder(t), 'records.db'), 'write');
    t.after(() => db.close());
    const ingest = new SourceIngest(db);
    const packs = Array.from({ length: 3 }, (_, pack) => rows(pack * PACK_ROWS, PACK_ROWS));
    const before = indexesOf(db);
    const duringFile = (): readonly string[] => {
      ingest.begin('made up', true, null);
      const packer = new RowPacker();
      for (const [at, row] of packs.flat().entries()) {
        packer.add({ line: at + 1, start: at, length: 1 }, readRow(contentOf(row)));
        if (packer.rows === PACK_ROWS) ingest.takePacked(packer.take());
      }
      const during = indexesOf(db);
      ingest.flush();
      assert.deepEqual(indexesOf(db), before);
      ingest.abandon();
      return during;
    };
    assert.equal(duringFile().includes('records_by_context'), false);
    assert.deepEqual(duringFile(), before);
  });

  it('never shows another program the case without its indexes', (t) => {
    const path = join(temporaryFolder(t), 'records.db');
    const db = openRecords(path, 'write');
    const other = openRecords(path);
    t.after(() => other.close());
    const before = indexesOf(other);
    const indexes = new LoadingIndexes(db);
    db.exec('BEGIN IMMEDIATE');
    indexes.drop();
    assert.notDeepEqual(indexesOf(db), before);
    assert.deepEqual(indexesOf(other), before);
    indexes.restoreNames();
    indexes.restoreAccesses();
    db.exec('COMMIT');
    assert.deepEqual(indexesOf(other), before);
    // As when the program dies: the transaction never ends.
    db.exec('BEGIN IMMEDIATE');
    indexes.drop();
    db.close();
    assert.deepEqual(indexesOf(other), before);
  });

  it('finds records by an index where there are more than memory is meant for', () => {
    const records = new MemoryRecords();
    const files = [rows(0, 300), rows(200, 300)];
    const [first = [], second = []] = files;
    records.add(first);
    records.db
      .exec(`WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 500000)
      INSERT INTO records (hash, id, context, time, flags, content) SELECT n, 'other-' || n, 0, 0, 0, x'00' FROM n`);
    records.reopen();
    const source = records.add(second);
    const { accepted, duplicates } = records.counts(source);
    assert.deepEqual({ accepted, duplicates }, { accepted: 200, duplicates: 100 });
    assert.equal(indexesOf(records.db).includes('records_by_hash'), true);
    records.db.close();
  });
});

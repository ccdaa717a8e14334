import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SearchIndexes } from '../../../source/case/search/search-indexes.ts';
import { MemoryRecords } from '../../store/records/ingest-in-memory.ts';
import { bind, INTRUDER } from '../made-records.ts';

const numbers = (records: MemoryRecords, table: 'messages' | 'sessions'): Int32Array => {
  const column = table === 'messages' ? 'message' : 'session';
  const rows = records.db.prepare(`SELECT ${column} AS number FROM ${table}`).all();
  return Int32Array.from(rows, (row) => Number(row['number']));
};

describe('search over a case that changes', () => {
  it('finds what arrived since', () => {
    const records = new MemoryRecords();
    const search = new SearchIndexes(() => records.db);
    records.add([bind({ id: 1, messages: ['apple'] })]);
    assert.equal(search.messages('apple', numbers(records, 'messages')).length, 1);
    records.add([bind({ id: 2, messages: ['banana'] }), bind({ id: 3, address: INTRUDER })]);
    assert.equal(search.messages('banana', numbers(records, 'messages')).length, 1);
    assert.equal(search.sessions(INTRUDER, numbers(records, 'sessions')).length, 1);
    records.db.close();
  });

  it('forgets a file that was taken away in its midst, though its numbers are used again', () => {
    const records = new MemoryRecords();
    const search = new SearchIndexes(() => records.db);
    records.add([bind({ id: 1, messages: ['apple'] })]);
    const cancelled = records.begin('cancelled.csv', [
      bind({ id: 2, session: 's-two', messages: ['banana'], address: INTRUDER }),
    ]);
    assert.equal(search.messages('banana', numbers(records, 'messages')).length, 1);
    assert.equal(search.sessions(INTRUDER, numbers(records, 'sessions')).length, 1);
    records.remove(cancelled);
    records.begin('other.csv', [
      bind({ id: 3, session: 's-three', messages: ['cherry'], address: '192.0.2.55' }),
    ]);
    assert.equal(search.messages('banana', numbers(records, 'messages')).length, 0);
    assert.equal(search.messages('cherry', numbers(records, 'messages')).length, 1);
    assert.equal(search.sessions(INTRUDER, numbers(records, 'sessions')).length, 0);
    assert.equal(search.sessions('192.0.2.55', numbers(records, 'sessions')).length, 1);
    records.db.close();
  });

  it('ranks exact words first, and leaves no row out that holds them all', () => {
    const records = new MemoryRecords();
    const search = new SearchIndexes(() => records.db);
    const messages = Array.from({ length: 1500 }, (_, at) => `invoice-${at}`);
    records.add([bind({ id: 1, messages: [...messages, 'other'] })]);
    const all = numbers(records, 'messages');
    assert.equal(search.messages('invoice', all).length, 1500);
    assert.equal(new Set(search.messages('invoice', all)).size, 1500);
    assert.equal(search.messages('invoice-1499', all).length, 1);
    assert.equal(search.messages('  ', all).length, 1501);
    assert.deepEqual([...search.messages('invoice', all.subarray(0, 0))], []);
    records.db.close();
  });
});

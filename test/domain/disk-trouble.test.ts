import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { withDiskTrouble } from '../../source/domain/disk-trouble.ts';
import { Problem } from '../../source/domain/problem.ts';

const fullDatabase = (): unknown => {
  using db = new DatabaseSync(':memory:');
  db.exec('PRAGMA max_page_count = 2');
  try {
    db.exec('CREATE TABLE a (x); CREATE TABLE b (x); CREATE TABLE c (x)');
  } catch (error) {
    return error;
  }
  return assert.fail('it was not full');
};

const hintOf = (error: unknown): string =>
  error instanceof Problem ? error.hint : assert.fail(String(error));

test('a full disk is no bug, wherever SQLite meets it, also in another thread', () => {
  const error = fullDatabase();
  for (const met of [error, structuredClone(error)]) {
    const problem = withDiskTrouble(met);
    assert.match(hintOf(problem), /no room left/);
    assert.match((problem as Problem).message, /could not be written \(database or disk is full\)/);
  }
});

test('a Problem that a full disk caused says so, instead of what it took it for', () => {
  const guess = new Problem('records.db cannot be read', 'run `mia rebuild`', {
    cause: fullDatabase(),
  });
  assert.match(hintOf(withDiskTrouble(guess)), /no room left/);
});

test('system calls that a disk refuses; the path stands in the message', () => {
  const refused = (code: string) =>
    Object.assign(new Error(`${code}: refused, open '/case/x'`), { code });
  assert.match(hintOf(withDiskTrouble(refused('EROFS'))), /read-only: copy the case folder/);
  assert.match(hintOf(withDiskTrouble(refused('ENOSPC'))), /no room left/);
  assert.match((withDiskTrouble(refused('EACCES')) as Problem).message, /'\/case\/x'/);
});

test('a bug stays a bug, and a Problem of its own a Problem', () => {
  const bug = new TypeError('x is not a function');
  assert.equal(withDiskTrouble(bug), bug);
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
  assert.equal(withDiskTrouble(missing), missing);
  const problem = new Problem('a', 'b', { cause: bug });
  assert.equal(withDiskTrouble(problem), problem);
});

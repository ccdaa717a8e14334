import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPaths, typedPath } from '../../source/console/words/paths.ts';
import { completePath, withHome } from '../../source/runtime/complete-path.ts';

test('paths are read as a shell reads them, and written so that they are read again', () => {
  assert.deepEqual(readPaths(`a.csv "b c.csv" 'd "e".csv' f\\ g.csv`), [
    'a.csv',
    'b c.csv',
    'd "e".csv',
    'f g.csv',
  ]);
  assert.deepEqual(readPaths('   '), []);
  for (const path of ['plain', 'with space', `quo"te's`, 'back\\slash', 'tab\tin it'])
    assert.deepEqual(readPaths(typedPath(path)), [path]);
});

test('Tab goes as far as it is certain, then offers what there is', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-complete-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'my logs'));
  for (const name of ['audit-1.csv', 'audit-2.csv', '.hidden'])
    writeFileSync(join(folder, 'my logs', name), '');

  const start = `first.csv ${typedPath(folder)}/`;
  const whole = `${start}my\\ logs/`;
  assert.deepEqual(await completePath(start), { text: whole, offers: [] });
  assert.deepEqual(await completePath(whole), {
    text: `${whole}audit-`,
    offers: ['audit-1.csv', 'audit-2.csv'],
  });
  assert.deepEqual(await completePath(`${whole}audit-2`), {
    text: `${whole}audit-2.csv`,
    offers: [],
  });
  assert.deepEqual(await completePath(`${whole}.h`), { text: `${whole}.hidden`, offers: [] });
  const nowhere = `${whole}nothing`;
  assert.deepEqual(await completePath(nowhere), { text: nowhere, offers: [] });
});

test('~ is the home folder', () => {
  assert.equal(withHome('~/logs'), join(homedir(), 'logs'));
  assert.equal(withHome('~other'), '~other');
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../../source/store/make-folder.ts';

test('makes a folder and what is missing above it, 0700; there already is as good', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'mia-make-'));
  t.after(() => rmSync(root, { recursive: true }));
  const path = join(root, 'a', 'b', 'c');
  makeFolder(path);
  makeFolder(path);
  for (const made of [path, join(root, 'a', 'b'), join(root, 'a')])
    assert.equal(statSync(made).mode & 0o777, 0o700);
  writeFileSync(join(root, 'file'), '');
  assert.throws(() => makeFolder(join(root, 'file', 'x')), { code: 'ENOTDIR' });
  symlinkSync('nowhere', join(root, 'link'));
  assert.throws(() => makeFolder(join(root, 'link')), { code: 'EEXIST' });
});

test('gives up where the system refuses, as /proc does with "no such file"', () => {
  assert.throws(() => makeFolder('/proc/mia/case'));
});

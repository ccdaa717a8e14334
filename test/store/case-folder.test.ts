import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('the case folder', () => {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'mia-folder-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  it('is made with 0700, parents and all', () => {
    const folder = openCaseFolder(join(parent, 'a', 'b'), { create: true });
    assert.equal(folder.path, join(parent, 'a', 'b'));
    assert.equal(modeOf(folder.path), 0o700);
    assert.equal(folder.decisions, join(parent, 'a', 'b', 'decisions.jsonl'));
  });

  it('is closed to others when ours and wider, its files too', () => {
    const path = join(parent, 'wide');
    mkdirSync(join(path, 'evidence'), { recursive: true });
    const names = ['case.json', 'decisions.jsonl', 'decisions.torn-1.jsonl', 'records.db-wal'];
    for (const name of [...names, 'evidence/ab.zst']) {
      writeFileSync(join(path, name), 'x');
      chmodSync(join(path, name), 0o664);
    }
    chmodSync(path, 0o775);
    openCaseFolder(path, { create: false });
    assert.equal(modeOf(path), 0o700);
    assert.equal(modeOf(join(path, 'evidence')), 0o700);
    for (const name of [...names, 'evidence/ab.zst']) {
      assert.equal(modeOf(join(path, name)), 0o600, name);
    }
  });

  it('is not taken for one where only other things lie, and its mode stays', () => {
    writeFileSync(join(parent, 'README.md'), 'x');
    chmodSync(parent, 0o755);
    assert.throws(
      () => openCaseFolder(parent, { create: false }),
      (error: unknown) =>
        error instanceof Problem && /There is no case at .* left as it is/.test(error.message),
    );
    assert.equal(modeOf(parent), 0o755);
    mkdirSync(join(parent, 'evidence'));
    openCaseFolder(parent, { create: false });
    assert.equal(modeOf(parent), 0o700);
  });

  it('leaves files that are not ours, and modes that are narrower, alone', () => {
    writeFileSync(join(parent, 'README.md'), 'x');
    writeFileSync(join(parent, 'case.json'), '{}');
    chmodSync(join(parent, 'README.md'), 0o644);
    chmodSync(join(parent, 'case.json'), 0o400);
    openCaseFolder(parent, { create: false });
    assert.equal(modeOf(join(parent, 'README.md')), 0o644);
    assert.equal(modeOf(join(parent, 'case.json')), 0o400);
  });

  it('is a Problem where there is none', () => {
    assert.throws(
      () => openCaseFolder(join(parent, 'none'), { create: false }),
      (error) => error instanceof Problem && /no case at/.test(error.message) && error.hint !== '',
    );
  });

  it('is a Problem where a file lies there, or in the way', () => {
    writeFileSync(join(parent, 'file'), '');
    assert.throws(
      () => openCaseFolder(join(parent, 'file'), { create: true }),
      (error) => error instanceof Problem && /not a folder/.test(error.message),
    );
    assert.throws(() => openCaseFolder(join(parent, 'file', 'case'), { create: true }), Problem);
  });

  it('is refused when another owns it, or a file in it, and nothing is changed', (t) => {
    if (process.geteuid?.() !== 0) return t.skip('needs root to give a file away');
    const path = join(parent, 'theirs');
    mkdirSync(path, { mode: 0o755 });
    chownSync(path, 12345, 12345);
    const theirs = (error: unknown): boolean =>
      error instanceof Problem && /belongs to another user/.test(error.message);
    assert.throws(() => openCaseFolder(path, { create: true }), theirs);
    assert.equal(modeOf(path), 0o755);
    chownSync(path, 0, 0);
    writeFileSync(join(path, 'case.json'), '{}');
    chownSync(join(path, 'case.json'), 12345, 12345);
    assert.throws(() => openCaseFolder(path, { create: true }), theirs);
  });

  it('is never a folder that the whole machine shares', () => {
    chmodSync(parent, 0o1777);
    assert.throws(
      () => openCaseFolder(parent, { create: true }),
      (error) => error instanceof Problem && /shared/.test(error.message),
    );
    assert.equal(modeOf(parent), 0o777);
    chmodSync(parent, 0o700);
  });
});

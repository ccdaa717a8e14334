import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { holdsOtherThings, openCaseFolder } from '../../source/store/case-folder.ts';

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

  const isProblem =
    (words: RegExp) =>
    (error: unknown): boolean =>
      error instanceof Problem && words.test(`${error.message} ${error.hint}`);

  it('is not made among other files unless that is asked for, and nothing is changed before', () => {
    writeFileSync(join(parent, 'thesis.tex'), 'x');
    chmodSync(parent, 0o755);
    assert.equal(holdsOtherThings(parent), true);
    assert.throws(
      () => openCaseFolder(parent, { create: true }),
      isProblem(/holds other files and no case.*left as it is.*--new-case/s),
    );
    assert.equal(modeOf(parent), 0o755);
    assert.deepEqual(readdirSync(parent), ['thesis.tex']);
    assert.equal(openCaseFolder(parent, { create: true, amongOthers: true }).found, 'folder');
    assert.equal(modeOf(parent), 0o700);
  });

  it('is made in an empty folder, and in the default one of a checkout', () => {
    assert.equal(holdsOtherThings(parent), false);
    for (const name of ['README.md', '.gitignore']) writeFileSync(join(parent, name), 'x');
    assert.equal(holdsOtherThings(parent), false);
    assert.equal(openCaseFolder(parent, { create: true }).found, 'folder');
    assert.equal(openCaseFolder(join(parent, 'new'), { create: true }).found, 'nothing');
    writeFileSync(join(parent, 'case.json'), '{}');
    writeFileSync(join(parent, 'exposure.json'), '{}');
    assert.equal(holdsOtherThings(parent), false);
    assert.equal(openCaseFolder(parent, { create: true }).found, 'case');
  });

  it('is refused where a part of it is a link, and what that leads to stays as it is', () => {
    const outside = join(parent, 'outside');
    const path = join(parent, 'case');
    mkdirSync(join(outside, 'folder'), { recursive: true });
    mkdirSync(join(path, 'evidence', 'fetch-0a'), { recursive: true });
    for (const name of ['file', 'folder/file']) {
      writeFileSync(join(outside, name), 'x');
      chmodSync(join(outside, name), 0o644);
    }
    chmodSync(join(outside, 'folder'), 0o755);
    const links = [
      ...['decisions.jsonl', 'decisions.head', 'lookups.jsonl', 'lookups.head', 'case.json'],
      ...['case.before.json', 'records.db', 'records.db-wal', 'case.lock', 'import.lock'],
      ...['evidence/ab.zst', 'evidence/fetch-0a/manifest.jsonl'],
    ];
    for (const [name, to] of [
      ...links.map((link) => [link, 'file'] as const),
      ...['evidence/fetch-0b', 'evidence/sub'].map((link) => [link, 'folder'] as const),
      // To nothing: whatever is written there would be made.
      ['decisions.jsonl', 'nothing'] as const,
    ]) {
      symlinkSync(join(outside, to), join(path, name));
      for (const create of [true, false])
        assert.throws(
          () => openCaseFolder(path, { create }),
          isProblem(/is a link.*not followed/s),
          name,
        );
      unlinkSync(join(path, name));
    }
    rmSync(join(path, 'evidence'), { recursive: true });
    symlinkSync(join(outside, 'folder'), join(path, 'evidence'));
    assert.throws(() => openCaseFolder(path, { create: true }), isProblem(/evidence is a link/));
    for (const [name, mode] of [
      ['file', 0o644],
      ['folder', 0o755],
      ['folder/file', 0o644],
    ] as const)
      assert.equal(modeOf(join(outside, name)), mode, name);
    assert.deepEqual(readdirSync(outside).sort(), ['file', 'folder']);
  });

  it('may be reached by a link, and its other files may be links', () => {
    mkdirSync(join(parent, 'case', 'evidence'), { recursive: true });
    writeFileSync(join(parent, 'notes'), 'x');
    chmodSync(join(parent, 'notes'), 0o644);
    symlinkSync(join(parent, 'case'), join(parent, 'link'));
    symlinkSync(join(parent, 'notes'), join(parent, 'case', 'notes'));
    openCaseFolder(join(parent, 'link'), { create: false });
    assert.equal(modeOf(join(parent, 'case')), 0o700);
    assert.equal(modeOf(join(parent, 'notes')), 0o644);
  });

  it('is remarked upon where everybody may put another in its place', () => {
    const path = join(parent, 'shared', 'deep', 'case');
    mkdirSync(join(path, 'evidence'), { recursive: true });
    assert.deepEqual(openCaseFolder(path, { create: false }).remarks, []);
    chmodSync(join(parent, 'shared'), 0o777);
    const [remark, ...more] = openCaseFolder(path, { create: false }).remarks;
    assert.match(remark ?? '', /everybody may write to .*shared,/);
    assert.deepEqual(more, []);
    // As /tmp is: nobody can take away what is another's.
    chmodSync(join(parent, 'shared'), 0o1777);
    assert.deepEqual(openCaseFolder(path, { create: false }).remarks, []);
  });
});

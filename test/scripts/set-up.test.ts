import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { lockFlaws, withoutFlawed } from '../../scripts/complete-lock.mjs';
import { isBuilt, stampBuild } from '../../scripts/set-up/fresh-build.mjs';
import { ownNode } from '../../scripts/set-up/own-node.mjs';
import { packagesAreCurrent } from '../../scripts/set-up/packages.mjs';
import { SetUpProblem } from '../../scripts/set-up/problem.mjs';

const emptyFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-set-up-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const write = (folder: string, path: string, content: unknown): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(folder, path), text);
};

const LOCK = {
  packages: {
    '': { name: 'mia' },
    'node_modules/ink': { version: '8.0.0' },
    'node_modules/@esbuild/aix-ppc64': { version: '0.28.2', optional: true },
  },
};

const INSTALLED = { packages: { 'node_modules/ink': { version: '8.0.0' } } };

test('packages are current when each that is not optional is there in its version', (t) => {
  const folder = emptyFolder(t);
  write(folder, 'package-lock.json', LOCK);
  assert.equal(packagesAreCurrent(folder), false, 'nothing installed');
  write(folder, 'node_modules/.package-lock.json', INSTALLED);
  assert.equal(packagesAreCurrent(folder), false, 'noted, but its folder is gone');
  mkdirSync(join(folder, 'node_modules', 'ink'));
  assert.equal(packagesAreCurrent(folder), true);
  write(folder, 'node_modules/.package-lock.json', {
    packages: { 'node_modules/ink': { version: '7.9.9' } },
  });
  assert.equal(packagesAreCurrent(folder), false, 'another version');
});

test('dist/ is fresh until anything it is made of changes by content', (t) => {
  const folder = emptyFolder(t);
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE'])
    write(folder, name, '{}');
  write(folder, 'source/domain/a.ts', 'export const a = 1;');
  write(folder, 'scripts/build.ts', '');
  write(folder, 'dist/mia.js', '');
  assert.equal(isBuilt(folder), false, 'never built');
  stampBuild(folder);
  assert.equal(isBuilt(folder), true);
  write(folder, 'source/domain/a.ts', 'export const a = 1;');
  assert.equal(isBuilt(folder), true, 'written again, the same');
  write(folder, 'source/domain/a.ts', 'export const a = 2;');
  assert.equal(isBuilt(folder), false, 'another content');
  stampBuild(folder);
  write(folder, 'source/domain/b.ts', '');
  assert.equal(isBuilt(folder), false, 'another file');
});

test('a build that is stamped but gone is no build', (t) => {
  const folder = emptyFolder(t);
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE'])
    write(folder, name, '{}');
  write(folder, 'source/a.ts', '');
  write(folder, 'scripts/a.ts', '');
  mkdirSync(join(folder, 'dist'));
  stampBuild(folder);
  assert.equal(isBuilt(folder), false);
});

test('a Node that cannot be had is a problem with advice, not a stack', (t) => {
  const folder = emptyFolder(t);
  write(folder, 'package.json', { devDependencies: { node: '0.0.0-none' } });
  mkdirSync(join(folder, 'node_modules', 'node'), { recursive: true });
  const said: string[] = [];
  assert.throws(
    () =>
      ownNode(folder, (line: string) => said.push(line), {
        npm: () => ({ ok: false, output: 'offline' }),
      }),
    (error) => {
      assert.ok(error instanceof SetUpProblem);
      assert.match(error.message, /0\.0\.0-none is not in node_modules.*offline/s);
      assert.ok(error.advice.length > 0);
      return true;
    },
  );
  assert.equal(said.length, 1);
});

const HASH = `sha512-${'a'.repeat(86)}==`;
const MUSL = '@oxlint/binding-linux-arm64-musl';
const WINDOWS = '@oxlint/binding-win32-x64-msvc';

type Entries = Record<string, Record<string, unknown>>;
const LOCKED: Entries = {
  '': { name: 'mia' },
  'node_modules/a': { version: '1.0.0', integrity: HASH },
  'node_modules/oxlint': {
    version: '1.94.0',
    integrity: HASH,
    optionalDependencies: { [MUSL]: '1.94.0', [WINDOWS]: '1.94.0' },
  },
  [`node_modules/${MUSL}`]: { version: '1.94.0', integrity: HASH },
  [`node_modules/${WINDOWS}`]: { version: '1.94.0', integrity: HASH },
};

test('a lock file has every package with its hash, every platform build, and no host', () => {
  const flaws = (over: Entries): readonly string[] =>
    lockFlaws({ packages: { ...LOCKED, ...over } });
  const a = { version: '1.0.0' };
  assert.deepEqual(flaws({}), []);
  assert.deepEqual(flaws({ 'node_modules/a': a }), ['node_modules/a has no hash']);
  for (const [flawed, said] of [
    [{ ...a, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, /no SHA-512/],
    [{ ...a, integrity: HASH, resolved: 'https://registry.example/a.tgz' }, /names a host/],
    [{ resolved: '../a', link: true }, /link/],
  ] as const)
    assert.match(flaws({ 'node_modules/a': flawed }).join(), said);
  const { [`node_modules/${MUSL}`]: _, ...without } = LOCKED;
  assert.deepEqual(lockFlaws({ packages: without }), [
    `${MUSL}, which node_modules/oxlint names, is left out`,
  ]);
});

test('what is incomplete is asked for anew, with what names it', () => {
  const whole = { lockfileVersion: 3, packages: LOCKED };
  assert.deepEqual(withoutFlawed(whole), whole);
  const bare = { ...LOCKED, [`node_modules/${MUSL}`]: { version: '1.94.0', os: ['linux'] } };
  assert.deepEqual(Object.keys(withoutFlawed({ packages: bare }).packages), [
    '',
    'node_modules/a',
    `node_modules/${WINDOWS}`,
  ]);
});

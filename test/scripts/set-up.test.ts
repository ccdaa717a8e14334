import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { completeLock } from '../../scripts/complete-lock.mjs';
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

test('a lock file gets the platform builds that its packages name', () => {
  const names = ['@oxlint/binding-linux-arm64-musl', '@oxlint/binding-win32-x64-msvc'];
  const lock: { packages: Record<string, Record<string, unknown>> } = {
    packages: {
      'node_modules/oxlint': {
        version: '1.94.0',
        dev: true,
        optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.94.0'])),
      },
      'node_modules/a': { version: '1.0.0' },
    },
  };
  assert.deepEqual(completeLock(lock), names);
  assert.deepEqual(lock.packages[`node_modules/${names[0]}`], {
    version: '1.94.0',
    cpu: ['arm64'],
    os: ['linux'],
    libc: ['musl'],
    dev: true,
    optional: true,
  });
  assert.deepEqual(Object.keys(lock.packages), [
    ...names.map((name) => `node_modules/${name}`),
    'node_modules/a',
    'node_modules/oxlint',
  ]);
  assert.deepEqual(completeLock(lock), [], 'nothing to add twice');
});

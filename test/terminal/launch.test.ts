import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const LAUNCHER = fileURLToPath(new URL('../../dist/mia.js', import.meta.url));

// As shipped: it keeps what was compiled in a folder of its own.
delete process.env['NODE_COMPILE_CACHE'];

/** Starts the launcher on this Node, which says that it is another. */
const startedOn = (version: string) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  return spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, LAUNCHER, '--version'],
    { encoding: 'utf8' },
  );
};

for (const version of ['14.21.3', '20.20.2', '22.14.0']) {
  test(`Node ${version} is told what to do, and nothing else is loaded`, () => {
    const { status, stdout, stderr } = startedOn(version);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.equal(
      stderr,
      `mia needs Node 22.15 or newer; this is ${version}.\n` +
        'Install a current Node, or start it in its checkout with: npm start\n',
    );
  });
}

for (const version of ['22.15.0', '24.0.0', '26.10.0']) {
  test(`Node ${version} is let through`, () => {
    const { status, stdout, stderr } = startedOn(version);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });
}

test('an old Node can read the launcher: it imports nothing before it has looked', () => {
  const { module, errors } = parseSync('mia.js', readFileSync(LAUNCHER, 'utf8'));
  assert.deepEqual(errors, []);
  assert.deepEqual(module.staticImports, []);
});

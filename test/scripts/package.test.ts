/** What `npm pack` packs, and whether that runs where nothing else is installed. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { npm } from '../../scripts/set-up/packages.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const FILES = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/(mia|cli)\.js$/,
  /^dist\/[a-z]+(-[a-z]+)*-worker\.js$/,
  /^dist\/[a-z]+-[A-Z0-9]{8}\.js(\.LEGAL\.txt)?$/,
  /^dist\/(mia|cli|[a-z-]+-worker)\.js\.LEGAL\.txt$/,
  /^dist\/schemas\/[A-Za-z]+\.schema\.json$/,
  /^dist\/demo\/[\w.-]+$/,
];

const NEEDED = [
  'dist/mia.js',
  'dist/cli.js',
  'dist/import-worker.js',
  'dist/case-worker.js',
  'dist/schemas/exposure.schema.json',
  'dist/THIRD-PARTY-LICENSES.txt',
  'LICENSE',
  'README.md',
];

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-package-'));
  let files: readonly string[] = [];
  let program = '';

  const started = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, [program, ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  before(() => {
    // What a build and a run leave beside the program must not be packed.
    mkdirSync(join(ROOT, 'dist', '.compiled'), { recursive: true });
    writeFileSync(join(ROOT, 'dist', '.compiled', 'left.js'), '');
    const offline = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const packed = npm(ROOT, ['pack', '--ignore-scripts', '--pack-destination', folder]);
    assert.ok(packed.ok, packed.output);
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const cache = ['--cache', join(folder, 'empty-cache')];
    const installed = npm(folder, ['install', ...offline, ...cache, `./${tarball}`]);
    assert.ok(installed.ok, installed.output);
    const own = join(folder, 'node_modules', 'mia');
    program = join(own, 'dist', 'mia.js');
    files = readdirSync(own, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(own.length + 1));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(ROOT, 'dist', '.compiled', 'left.js'), { force: true });
  });

  it('holds the program and nothing else', () => {
    const strange = files.filter((file) => !FILES.some((pattern) => pattern.test(file)));
    assert.deepEqual(strange, []);
    for (const file of NEEDED) assert.ok(files.includes(file), file);
  });

  it('brings no other package with it', () => {
    const there = readdirSync(join(folder, 'node_modules')).toSorted();
    assert.deepEqual(there, ['.bin', '.package-lock.json', 'mia']);
    assert.ok(existsSync(join(folder, 'node_modules', '.bin', 'mia')));
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules', 'mia', 'package.json'), 'utf8'),
    );
    assert.deepEqual(
      [dependencies, optionalDependencies, peerDependencies],
      Array(3).fill(undefined),
    );
  });

  it('imports only what is in it or in Node', () => {
    const dist = join(folder, 'node_modules', 'mia', 'dist');
    for (const file of readdirSync(dist).filter((name) => name.endsWith('.js'))) {
      const text = readFileSync(join(dist, file), 'utf8');
      const { module } = parseSync(file, text);
      const asked = [
        ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
        ...module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
          text.slice(start + 1, end - 1),
        ),
        ...[...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? ''),
      ];
      for (const name of asked)
        if (name.startsWith('./')) assert.ok(existsSync(join(dist, name)), `${file}: ${name}`);
        else assert.ok(isBuiltin(name), `${file} imports ${name}`);
    }
  });

  it('runs: its version, the demo without a terminal', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const said = started(['--version']);
    assert.deepEqual([said.status, said.stdout, said.stderr], [0, `${version}\n`, '']);
    const demo = started(['demo']);
    assert.equal(demo.status, 0, demo.stderr);
    assert.match(demo.stdout, /^ +messages +\d+ confirmed/m);
  });

  it('loads what only a sign-in needs', async () => {
    const child = spawn(process.execPath, [program, 'sign-in'], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        MIA_TENANT: 'contoso.example',
        MIA_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
        // Nothing listens on port 1, so that nothing leaves this machine.
        HTTPS_PROXY: 'http://127.0.0.1:1',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    let said = '';
    // It would go on trying: what is asked here is answered by its first word.
    for await (const chunk of child.stderr) {
      said += String(chunk);
      child.kill('SIGINT');
    }
    await ended;
    assert.match(said, /^The sign-in service: the connection was refused; waiting/);
  });

  it('lists the licences of what is in the bundle', () => {
    const file = join(folder, 'node_modules', 'mia', 'dist', 'THIRD-PARTY-LICENSES.txt');
    const text = readFileSync(file, 'utf8');
    for (const name of ['@azure/msal-node', 'ink', 'react', 'undici', 'yauzl', 'lowdb', 'meow']) {
      const { version, license } = JSON.parse(
        readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
      );
      assert.ok(text.includes(`\n${name} ${version}\nLicence: ${license}\n\n`), name);
    }
    assert.match(text, /Permission is hereby granted, free of charge/);
    assert.doesNotMatch(text, /\n(typescript|esbuild|oxlint|fast-check) \d/, 'what only builds');
  });
});

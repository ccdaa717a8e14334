/** The rules of `.oxlintrc.json` that are this project's own: each is seen to forbid something. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint');
const LONG = `export const f = () => {${'\n  g();'.repeat(60)}\n};`;

const BREAKS: readonly (readonly [path: string, rule: string, text: string])[] = [
  ['scripts/any.ts', 'no-explicit-any', 'export const x: any = 1;'],
  ['source/case/env.ts', 'no-restricted-properties', 'export const f = () => process.env;'],
  [
    'source/commands/exit.ts',
    'no-restricted-properties',
    'export const f = () => process.exit(1);',
  ],
  ['source/domain/argv.ts', 'no-restricted-globals', 'export const f = () => process.argv;'],
  ['source/domain/now.ts', 'no-restricted-properties', 'export const f = () => Date.now();'],
  ['source/console/dice.ts', 'no-restricted-properties', 'export const f = () => Math.random();'],
  ['source/console/later.ts', 'no-restricted-globals', 'export const f = () => setTimeout(f, 1);'],
  ['source/case/fetch.ts', 'no-restricted-globals', "export const f = () => fetch('x');"],
  ['source/domain/fetch.ts', 'no-restricted-globals', "export const f = () => fetch('x');"],
  ['source/domain/default.ts', 'no-default-export', 'export default 1;'],
  ['source/domain/long.ts', 'max-lines-per-function', LONG],
  ['source/domain/open.ts', 'no-warning-comments', '// TODO the rest\nexport const one = 1;'],
];

const KEEPS: readonly (readonly [path: string, text: string])[] = [
  ['scripts/text.ts', "export const any = 'any'; // any"],
  ['source/cli.ts', 'process.exitCode = process.argv.length;'],
  ['source/case/pid.ts', 'export const f = () => process.pid + Date.now();'],
  ['source/tenant/fetch.ts', "export const f = () => fetch('x');"],
  ['source/domain/short.ts', LONG.replace('\n  g();\n  g();', '')],
];

test('each rule of the linter that is our own forbids what it names, and no more', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-lint-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  const texts = [...BREAKS.map(([path, , text]) => [path, text] as const), ...KEEPS];
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = spawnSync(process.execPath, [OXLINT, '--format=unix'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const found = run.stdout
    .split('\n')
    .flatMap((line) => /^([^:]+):.*\((\S+)\)\]$/.exec(line)?.slice(1).join(' ') ?? []);
  assert.deepEqual(found.sort(), BREAKS.map(([path, rule]) => `${path} ${rule}`).sort());
});

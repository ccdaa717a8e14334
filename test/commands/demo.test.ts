import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import type { ConsoleStart } from '../../source/commands/command.ts';
import { runMia, world } from './run-mia.ts';

const MAKE_DEMO = fileURLToPath(new URL('../../scripts/make-demo.ts', import.meta.url));

test('the demo: its summary without a terminal, the console with one, and nothing is left', async (t) => {
  const { folder } = world(t);
  const demoFolder = join(folder, 'demo');
  execFileSync(process.execPath, [MAKE_DEMO, demoFolder]);

  const { code, stdout, stderr } = await runMia(['demo'], { demoFolder });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Zuiderlicht Shipping \(demo\)\n/);
  assert.match(stdout, /sessions +2 malicious, 5 benign/);
  assert.match(stdout, /presumed whole/);
  assert.match(stdout, /not proved\s+untouched/);

  const started: ConsoleStart[] = [];
  const runConsole = async (start: ConsoleStart) => {
    assert.ok(existsSync(join(start.folder, 'case.json')));
    started.push(start);
    return 0 as const;
  };
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const drawn = await runMia(['demo'], {
    demoFolder,
    stdin: terminal,
    stdout: terminal,
    runConsole,
  });
  assert.equal(drawn.code, 0, drawn.stderr);
  const [start] = started;
  assert.equal(start?.demo, true);
  assert.equal(existsSync(start?.folder ?? ''), false, 'the temporary case is gone');
});

test('without its files the demo says how to have them', async () => {
  const { code, stderr } = await runMia(['demo'], { demoFolder: '/nowhere' });
  assert.equal(code, 1);
  assert.match(stderr, /npm run build/);
});

test('the console gets the case, the analyst and the files', async (t) => {
  const here = world(t);
  const log = here.file('log.jsonl', '');
  const started: ConsoleStart[] = [];
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const { code } = await runMia([log, '--case', 'x', '--analyst', 'sam'], {
    stdin: terminal,
    stdout: terminal,
    runConsole: async (start) => {
      started.push(start);
      return 0;
    },
  });
  assert.equal(code, 0);
  assert.deepEqual(started, [{ folder: 'x', analyst: 'sam', files: [log], demo: false }]);
});

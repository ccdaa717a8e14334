import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { auditLine, ONE, runMia, SMALL_LOG, world } from './run-mia.ts';

const CLI = fileURLToPath(new URL('../../source/cli.ts', import.meta.url));

/** The command line as a program of its own. */
const program = (folder: string, argv: readonly string[], input = '') =>
  spawnSync(process.execPath, [CLI, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    input,
    env: { ...process.env, MIA_CASE: '', MIA_ANALYST: 'kim', NODE_OPTIONS: '' },
  });

test('a program of its own: ./cache, standard input, exit codes', (t) => {
  const { folder } = world(t);
  const imported = program(folder, ['import', '-', '--json'], SMALL_LOG);
  assert.equal(imported.status, 0, imported.stderr);
  assert.equal(JSON.parse(imported.stdout).sources[0].accepted, 4);
  assert.ok(existsSync(join(folder, 'cache', 'case.json')));
  assert.equal(program(folder, ['sessions', '--nope']).status, 2);
  const console = program(folder, []);
  assert.equal(console.status, 2);
  assert.match(console.stderr, /needs a terminal/);
});

test('a bug shows its stack, says what to do, and is exit 1', (t) => {
  const { folder } = world(t);
  const fault = 'Date.prototype.toISOString = () => { throw new TypeError("boom"); }';
  const hook = `data:text/javascript,${encodeURIComponent(fault)}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', hook, CLI, 'export', '--case', folder],
    { encoding: 'utf8' },
  );
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /bug in mia .*TypeError: boom\n {4}at .*Please report it/s);
});

test('a reader that closes the pipe early is no error', async (t) => {
  const here = world(t);
  const ids = Array.from({ length: 20_000 }, (_, at) => `${'x'.repeat(60)}${at}@contoso.example`);
  await here.mia('import', here.file('log.jsonl', auditLine(1, { session: ONE, ids })));
  const child = spawn(
    process.execPath,
    [CLI, 'messages', '--json', '--case', join(here.folder, 'case')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(said, '');
  assert.equal(code, 0);
});

test('an import that is cancelled leaves nothing and ends in 130', async (t) => {
  const here = world(t);
  const cancel = new AbortController();
  // A standard input that never ends: the first piece is read, then Ctrl-C.
  const stdin = new Readable({
    read() {
      if (this.readableLength === 0 && !cancel.signal.aborted) {
        this.push(`${SMALL_LOG}\n`);
        setImmediate(() => cancel.abort());
      }
    },
  });
  const caseFolder = join(here.folder, 'case');
  const { signal } = cancel;
  const { code, stderr } = await runMia(['import', '-'], { caseFolder, stdin, signal });
  assert.equal(code, 130, stderr);
  assert.match(stderr, /Cancelled\. Nothing half-imported is left\./);
  const { sources } = JSON.parse((await here.mia('sources', '--json')).stdout);
  assert.deepEqual(sources, []);
  const evidence = join(caseFolder, 'evidence');
  assert.deepEqual(existsSync(evidence) ? readdirSync(evidence) : [], []);
  stdin.destroy();
});

test('a listing that is cancelled ends in 130', async (t) => {
  const here = world(t);
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  const signal = AbortSignal.abort();
  const { code } = await runMia(['messages'], { caseFolder: join(here.folder, 'case'), signal });
  assert.equal(code, 130);
});

test('progress is one line on a terminal, at most ten a second, and nothing elsewhere', async (t) => {
  const here = world(t);
  const log = here.file('log.jsonl', SMALL_LOG);
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 60 });
  const text = stderr.toArray();
  await runMia(['import', log], { caseFolder: join(here.folder, 'case'), stderr });
  stderr.end();
  const shown = Buffer.concat(await text).toString();
  assert.doesNotMatch(shown, /\n/, 'nothing but the line');
  assert.ok((shown.match(/rows/g) ?? []).length <= 1, 'the clock of this test stands still');
  const { stderr: quiet } = await here.mia(
    'import',
    here.file('b.jsonl', SMALL_LOG.replaceAll('-0000', '-1000')),
  );
  assert.equal(quiet, '');
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
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

test('an import that finds nothing to read says so, and is exit 1 with its document', async (t) => {
  const here = world(t);
  const empty = join(here.folder, 'empty', 'within');
  mkdirSync(empty, { recursive: true });
  const { code, stdout, stderr } = await here.mia('import', join(here.folder, 'empty'), '--json');
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(stdout).sources, []);
  assert.match(stderr, /empty: the folder holds no files\nNothing was imported\. Name the files/);
});

test('an archive of which nothing can be read is damaged, not empty', async (t) => {
  const here = world(t);
  const path = join(here.folder, 'log.json.gz');
  writeFileSync(path, gzipSync(SMALL_LOG).subarray(0, 20));
  const { code, stderr } = await here.mia('import', path);
  assert.equal(code, 1);
  assert.match(stderr, /compressed data is cut short\. No row could be read\. Get the file again/);
});

test('a path that would act on the terminal is shown as what it is', async () => {
  const { code, stderr } = await runMia(['sources', '--case', '/nowhere/a\u001b[31mb']);
  assert.equal(code, 1);
  assert.match(stderr, /There is no case at \/nowhere\/a\\x1b\[31mb\./);
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
  // It would have been the first of the case.
  assert.ok(!existsSync(caseFolder));
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

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import type { ConsoleStart, Environment } from '../../source/commands/command.ts';
import { openCase } from '../../source/case/case.ts';
import { runMia, SMALL_LOG, world } from './run-mia.ts';

const NOW = '2026-09-26T10:00:00Z';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

/** A folder of somebody's, open to the group. */
const others = (folder: string): string => {
  const path = join(folder, 'documents');
  mkdirSync(path);
  writeFileSync(join(path, 'thesis.tex'), 'x');
  chmodSync(path, 0o750);
  return path;
};

/** Types an answer into a terminal; what the console was started with, if it was. */
const atTerminal = async (argv: readonly string[], answer: string) => {
  const stdin: Environment['stdin'] = Object.assign(new PassThrough(), { isTTY: true });
  const stdout: Environment['stdout'] = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = new PassThrough();
  const started: ConsoleStart[] = [];
  const runConsole = (start: ConsoleStart) => {
    started.push(start);
    return Promise.resolve(0 as const);
  };
  (stdin as PassThrough).end(answer);
  const code = await runMia(argv, { stdin, stdout, stderr, runConsole }).then((done) => done.code);
  stderr.end();
  return { code, started, said: Buffer.concat(await stderr.toArray()).toString() };
};

describe('a folder that holds other files and no case', () => {
  it('is no case for mia import, unless with --new-case', async (t) => {
    const { folder, file } = world(t);
    const log = file('log.jsonl', SMALL_LOG);
    const path = others(folder);
    const refused = await runMia(['import', log, '--case', path]);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stderr,
      /holds other files and no case\. It was left as it is\..*--new-case/s,
    );
    assert.deepEqual([readdirSync(path), modeOf(path)], [['thesis.tex'], 0o750]);
    assert.equal((await runMia(['import', log, '--case', path, '--new-case'])).code, 0);
    assert.equal(modeOf(path), 0o700);
    assert.ok(existsSync(join(path, 'case.json')) && existsSync(join(path, 'thesis.tex')));
    assert.equal((await runMia(['import', log, '--case', path])).code, 0);
  });

  it('is asked about before the console opens on it', async (t) => {
    const path = others(world(t).folder);
    for (const answer of ['n\n', '\n', '', 'yesterday\n']) {
      const { code, started, said } = await atTerminal(['--case', path], answer);
      assert.deepEqual([code, started], [1, []], answer);
      assert.match(said, /documents holds other files and no case.*\(y\/N\).*Nothing was changed/s);
    }
    assert.deepEqual([readdirSync(path), modeOf(path)], [['thesis.tex'], 0o750]);
    const { code, started } = await atTerminal(['--case', path], 'y\n');
    assert.equal(code, 0);
    const [start] = started;
    assert.deepEqual([start?.folder, start?.newCase], [path, true]);
  });

  it('is not asked about where it is empty, a case, or --new-case was given', async (t) => {
    const { folder, file, mia } = world(t);
    await mia('import', file('log.jsonl', SMALL_LOG));
    for (const argv of [
      ['--case', join(folder, 'case')],
      ['--case', join(folder, 'not there yet')],
      ['--case', others(folder), '--new-case'],
    ]) {
      const { code, started, said } = await atTerminal(argv, '');
      assert.deepEqual([code, started.length, said], [0, 1, '']);
    }
  });
});

describe('a case that nothing came into', () => {
  it('is not left behind by a first import that fails', async (t) => {
    const { folder, file, mia } = world(t);
    const bad = file('bad.bin', 'neither log nor trace');
    assert.equal((await mia('import', bad, join(folder, 'missing.csv'))).code, 1);
    assert.ok(!existsSync(join(folder, 'case')));
    const path = join(folder, 'checkout');
    mkdirSync(path);
    writeFileSync(join(path, 'README.md'), 'x');
    assert.equal((await runMia(['import', bad, '--case', path])).code, 1);
    assert.deepEqual(readdirSync(path), ['README.md']);
  });

  it('stays where something came, whatever failed beside it or later', async (t) => {
    const { folder, file, mia } = world(t);
    const bad = file('bad.bin', 'neither log nor trace');
    assert.equal((await mia('import', bad, file('log.jsonl', SMALL_LOG))).code, 1);
    assert.equal((await mia('import', bad)).code, 1);
    const { stdout } = await mia('sources', '--json');
    assert.equal(JSON.parse(stdout).sources.length, 1);
    assert.ok(existsSync(join(folder, 'case', 'evidence')));
  });

  it('goes with the console that made it, and stays where a decision was made', (t) => {
    const folder = join(world(t).folder, 'case');
    const open = () => openCase({ folder, analyst: 'kim', now: () => NOW });
    open().close();
    assert.ok(!existsSync(folder));
    const theCase = open();
    theCase.judging.setWindow(null, '2026-09-01T00:00:00Z', null, 'as the owner says');
    theCase.close();
    assert.ok(existsSync(join(folder, 'decisions.jsonl')));
    open().close();
    assert.ok(existsSync(join(folder, 'decisions.jsonl')));
  });
});

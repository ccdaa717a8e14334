/**
 * A child process that has mounts of its own: read-only, full and small disks, as real as they get.
 * Run as `unshare --mount node disk-scenarios.ts NAME`; ends well where everything was as expected.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failedWith } from '../../source/store/disk-problem.ts';
import {
  type Answer,
  auditLine,
  ONE,
  runMia,
  SMALL_LOG,
  SMALL_TRACE,
} from '../commands/run-mia.ts';
import { openJourney } from '../journeys/journey.ts';

const home = mkdtempSync(join(tmpdir(), 'mia-disks-'));
process.on('exit', () => {
  while (spawnSync('umount', ['--lazy', disk]).status === 0);
  rmSync(home, { recursive: true, force: true });
});

/** Where private copies are made: nothing may be left in it. */
const temporary = join(home, 'tmp');
mkdirSync(temporary);
process.env['TMPDIR'] = temporary;

const disk = join(home, 'disk');
const folder = join(disk, 'case');

const mount = (...words: readonly string[]): void => void execFileSync('mount', words);
const mountDisk = (size: string): void => {
  mkdirSync(disk, { recursive: true });
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk);
};

const mia = (...argv: readonly string[]): Promise<Answer> => runMia([...argv, '--case', folder]);

const file = (name: string, content: string): string => {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
};

/** A case with verdicts on it, told by everything that only reads. */
const makeCase = async (): Promise<void> => {
  const imported = await mia(
    'import',
    file('log.jsonl', SMALL_LOG),
    file('trace.csv', SMALL_TRACE),
  );
  assert.equal(imported.code, 0, imported.stderr);
  assert.equal((await mia('mark', '--ip', '198.51.100.9', '--malicious')).code, 0);
};

const READING: readonly (readonly string[])[] = [
  ['summary', '--json'],
  ['stamp', '--json'],
  ['sessions', '--json'],
  ['messages', '--json'],
  ['sources', '--json'],
  ['trace', 'one@contoso.example', '--json'],
  ['whatif', ONE, '--malicious', '--json'],
  ['who', join(home, 'log.jsonl'), '--json'],
  ['diff', folder, folder, '--json'],
  ['export'],
  ['verify', '--json'],
];

/** What all commands print that only read; each must end well. */
const readAll = async (): Promise<readonly string[]> => {
  const said: string[] = [];
  for (const argv of READING) {
    const { code, stdout, stderr } = await mia(...argv);
    assert.equal(code, 0, `${argv.join(' ')}: ${stderr}${stdout}`);
    said.push(stdout);
  }
  return said;
};

const WRITING: readonly (readonly string[])[] = [
  ['import', join(home, 'log.jsonl')],
  ['mark', '--ip', '198.51.100.9', '--benign'],
  ['window', '--from', '2026-09-01'],
  ['withdraw', 'd695be566826'],
  ['rebuild'],
  ['verify', '--affirm'],
];

const isReadOnlySaid = /read-only: nothing can be marked or imported here \((.*)\)/;

/** Everything in a folder: names, sizes, modes and times of change. */
const treeOf = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mode, mtimeMs } = statSync(join(path, name));
      return `${name} ${size} ${mode} ${mtimeMs}`;
    })
    .sort();

/** All that reads says what it said before; all that writes says why not; nothing is changed. */
const assertReadOnly = async (said: readonly string[], why: RegExp): Promise<void> => {
  const tree = treeOf(folder);
  assert.deepEqual(await readAll(), said);
  const { stderr } = await mia('summary');
  assert.match(isReadOnlySaid.exec(stderr)?.[1] ?? stderr, why);
  for (const argv of WRITING) {
    const refused = await mia(...argv);
    assert.equal(refused.code, 1, argv.join(' '));
    assert.match(
      refused.stderr,
      /read-only.*Nothing can be marked or imported here/s,
      argv.join(' '),
    );
  }
  const out = join(home, 'report', 'exposure.json');
  assert.equal((await mia('export', '--out', out)).code, 0);
  assert.ok(existsSync(out));
  assert.deepEqual(treeOf(folder), tree);
  assert.deepEqual(readdirSync(temporary), []);
};

/** Fills the disk to the last byte. */
const fill = (): string => {
  const path = join(disk, 'filler');
  const filler = openSync(path, 'w');
  for (let size = 1 << 20; size >= 1;)
    try {
      writeSync(filler, Buffer.alloc(size));
    } catch (error) {
      if (!failedWith(error, 'ENOSPC')) throw error;
      size >>= 1;
    }
  closeSync(filler);
  return path;
};

const usedIn = (path: string): number =>
  Number(execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0]);

/** Rows that do not compress, so that evidence and records.db grow with them. */
const largeLog = (rows: number): string =>
  Array.from({ length: rows }, (_, at) =>
    auditLine(1000 + at, {
      session: `session-${at % 50}`,
      ids: Array.from({ length: 20 }, () => `${randomBytes(24).toString('hex')}@contoso.example`),
    }),
  ).join('\n');

const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  /** Write-blocked media: nobody can change them, and records.db is read where it lies. */
  async 'read-only disk'() {
    mountDisk('32m');
    await makeCase();
    const said = await readAll();
    mount('-o', 'remount,ro', disk);
    // Where there is no room for a copy, none is needed.
    process.env['TMPDIR'] = join(home, 'not there');
    assert.equal((await mia('summary', '--json')).stdout, said[0]);
    process.env['TMPDIR'] = temporary;
    await assertReadOnly(said, /its disk is read-only/);
  },

  /** A second way to a disk that others may write to. */
  async 'read-only mount'() {
    mountDisk('32m');
    await makeCase();
    const said = await readAll();
    mount('--bind', disk, disk);
    mount('-o', 'remount,ro,bind', disk);
    await assertReadOnly(said, /its disk is read-only/);
    process.env['TMPDIR'] = join(home, 'not there');
    const { code, stderr } = await mia('summary');
    assert.equal(code, 1);
    assert.match(stderr, /temporary folder .*not there could not be used/);
  },

  /** As it was when the machine was switched off: changes lie beside records.db. */
  async 'changes beside records.db'() {
    mountDisk('32m');
    await makeCase();
    const said = await readAll();
    const records = join(folder, 'records.db');
    const db = new DatabaseSync(records);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
      INSERT INTO sources (file, state, kept) VALUES ('killed.jsonl', 'importing', 1);
      UPDATE contexts SET records = records + 1000`);
    const image = join(home, 'image');
    cpSync(folder, image, { recursive: true, preserveTimestamps: true });
    db.exec('UPDATE contexts SET records = records - 1000');
    const other = join(home, 'other');
    cpSync(folder, other, { recursive: true, preserveTimestamps: true });
    db.close();
    assert.ok(statSync(join(other, 'records.db-wal')).size > 0);
    rmSync(folder, { recursive: true });
    cpSync(other, folder, { recursive: true, preserveTimestamps: true });
    rmSync(join(folder, 'records.db-shm'), { force: true });
    mount('-o', 'remount,ro', disk);
    await assertReadOnly(said, /its disk is read-only/);
    // What lies beside is read: without it, the figures of the other image would be those of `said`.
    mount('-o', 'remount,rw', disk);
    copyFileSync(join(image, 'records.db'), records);
    copyFileSync(join(image, 'records.db-wal'), `${records}-wal`);
    mount('-o', 'remount,ro', disk);
    assert.notEqual((await mia('sessions', '--json')).stdout, said[1]);
    assert.deepEqual(readdirSync(temporary), []);
  },

  async 'console on a read-only disk'() {
    mountDisk('32m');
    await makeCase();
    mount('-o', 'remount,ro', disk);
    const tree = treeOf(folder);
    const ends: (() => unknown)[] = [];
    const t = { after: (end: () => unknown) => void ends.push(end) };
    const evidence = { audit: '', later: '', trace: '' };
    const journey = await openJourney(t as never, { folder, evidence: evidence as never });
    journey.resize({ columns: 160, rows: 48 });
    assert.match(journey.frame(), /read-only: nothing can be marked or imported here/);
    for (const key of ['m', 'b', 'u', 'z', 'Z', 'n', 'W', 'o', 'f', 't', 'T', 'S']) {
      await journey.press(key);
      assert.match(journey.status(), /read-only \(its disk is read-only\): nothing can be/, key);
    }
    await journey.press('e', 'j', 'ctrl-u');
    const out = join(home, 'exposure.json');
    await journey.type(out);
    await journey.press('enter');
    assert.ok(existsSync(out), journey.frame());
    journey.resize({ columns: 80, rows: 24 });
    assert.match(journey.frame().split('\n')[0] ?? '', /read-only *$/);
    for (const end of ends) await end();
    assert.deepEqual(treeOf(folder), tree);
    assert.deepEqual(readdirSync(temporary), []);
  },

  async 'full disk'() {
    mountDisk('16m');
    await makeCase();
    const said = await readAll();
    const filler = fill();
    for (const argv of READING) assert.equal((await mia(...argv)).code, 0, argv.join(' '));
    assert.deepEqual(await readAll(), said);
    const { stderr } = await mia('summary');
    assert.match(stderr, isReadOnlySaid);
    const refused = await mia('import', file('more.jsonl', largeLog(50)));
    assert.equal(refused.code, 1);
    rmSync(filler);
    assert.deepEqual(await readAll(), said);
    assert.equal((await mia('import', join(home, 'more.jsonl'))).code, 0);
    assert.deepEqual(readdirSync(temporary), []);
  },

  /** An import that finds no room leaves the case as it was, and the disk as full as it was. */
  async 'import on a small disk'() {
    file('large.jsonl', largeLog(12_000));
    for (const [size, ...flags] of [
      // Too small for the evidence, for records.db beside it, and for what is written of a part.
      ...[['6m'], ['12m'], ['12m', '--no-keep'], ['40m', '--no-keep']],
    ] as const) {
      mountDisk(size);
      await makeCase();
      const said = await readAll();
      const before = treeOf(folder).map((line) => line.split(' ')[0]);
      const used = usedIn(folder);
      const failed = await mia('import', join(home, 'large.jsonl'), ...flags);
      assert.equal(failed.code, 1, size);
      assert.match(failed.stderr, /full|no room|space/i);
      const after = treeOf(folder).map((line) => line.split(' ')[0]);
      assert.deepEqual(after, before, size);
      assert.equal(usedIn(folder), used, size);
      assert.deepEqual(await readAll(), said, size);
      assert.equal((await mia('mark', '--ip', '203.0.113.7', '--benign')).code, 0);
      execFileSync('umount', [disk]);
    }
  },

  /** A first one leaves nothing at all. */
  async 'first import on a small disk'() {
    mountDisk('3m');
    const failed = await mia('import', file('large.jsonl', largeLog(12_000)));
    assert.equal(failed.code, 1);
    assert.deepEqual(readdirSync(disk), []);
  },

  /** Without mounts: a folder that its owner may not write. */
  async 'read-only folder'() {
    mkdirSync(disk);
    await makeCase();
    const said = await readAll();
    for (const name of readdirSync(folder))
      if (name !== 'evidence') chmodSync(join(folder, name), 0o400);
    chmodSync(join(folder, 'evidence'), 0o500);
    chmodSync(folder, 0o500);
    try {
      await assertReadOnly(said, /may not be written/);
    } finally {
      for (const name of ['', 'evidence']) chmodSync(join(folder, name), 0o700);
    }
  },
};

const scenario = SCENARIOS[process.argv[2] ?? ''];
if (scenario === undefined) throw new Error(`no scenario ${process.argv[2]}`);
await scenario();

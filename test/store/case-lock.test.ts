import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../source/domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { tryHold, withCaseLock } from '../../source/store/case-lock.ts';

const HOLDER = join(import.meta.dirname, 'hold-lock.ts');

class Holder {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(folder: CaseFolder, kind: 'change' | 'import') {
    this.child = spawn(process.execPath, [HOLDER, folder.path, kind]);
    this.#lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async says(): Promise<string> {
    return (await this.#lines.next()).value as string;
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

describe('the locks of a case', () => {
  let folder: CaseFolder;
  const holders: Holder[] = [];
  const holder = (kind: 'change' | 'import'): Holder => {
    const made = new Holder(folder, kind);
    holders.push(made);
    return made;
  };

  beforeEach(() => {
    folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-lock-')), { create: true });
  });
  afterEach(async () => {
    for (const made of holders.splice(0)) await made.kill();
    rmSync(folder.path, { recursive: true });
  });

  it('gives back what the change gives, and lets go when it throws', () => {
    assert.equal(
      withCaseLock(folder, () => 7),
      7,
    );
    assert.throws(() => withCaseLock(folder, () => assert.fail('stop')), /stop/);
    assert.equal(
      withCaseLock(folder, () => 8, 0),
      8,
    );
    assert.equal(statSync(join(folder.path, LOCKS.change)).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder.path, LOCKS.change)).size, 0);
  });

  it('is a Problem when another process keeps it, and nothing is run', async () => {
    assert.equal(await holder('change').says(), 'held');
    const ran: string[] = [];
    assert.throws(
      () => withCaseLock(folder, () => ran.push('change'), 30),
      (error) => error instanceof Problem && /Another program/.test(error.message),
    );
    assert.deepEqual(ran, []);
  });

  it('is free again when its holder is killed', async () => {
    const held = holder('change');
    assert.equal(await held.says(), 'held');
    await held.kill();
    assert.equal(
      withCaseLock(folder, () => 'mine', 0),
      'mine',
    );
  });

  it('waits for a holder that lets go', async () => {
    const held = holder('change');
    assert.equal(await held.says(), 'held');
    held.child.stdin.write('let go\n');
    // Blocks this thread until the other process has let go.
    assert.equal(
      withCaseLock(folder, () => 'mine'),
      'mine',
    );
    assert.equal(await held.says(), 'released');
  });

  it('lets one import at a time, between processes and within one', async () => {
    const held = holder('import');
    assert.equal(await held.says(), 'held');
    assert.equal(tryHold(folder, LOCKS.import), null);
    assert.equal(await holder('import').says(), 'refused');
    assert.equal(
      withCaseLock(folder, () => 'changes go on', 0),
      'changes go on',
    );
    await held.kill();
    const mine = tryHold(folder, LOCKS.import);
    assert.ok(mine);
    assert.equal(tryHold(folder, LOCKS.import), null);
    assert.equal(await holder('import').says(), 'refused');
    mine[Symbol.dispose]();
    mine[Symbol.dispose]();
    assert.equal(await holder('import').says(), 'held');
  });

  it('keeps threads of one process apart: no count is lost', async () => {
    const file = join(folder.path, 'count');
    writeFileSync(file, '0');
    const source = (name: string): string =>
      JSON.stringify(new URL(`../../source/store/${name}.ts`, import.meta.url));
    const code = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { workerData } from 'node:worker_threads';
      const { openCaseFolder } = await import(${source('case-folder')});
      const { withCaseLock } = await import(${source('case-lock')});
      const folder = openCaseFolder(workerData, { create: true, amongOthers: true });
      for (let turn = 0; turn < 50; turn++) withCaseLock(folder, () => {
        writeFileSync(folder.path + '/count', String(Number(readFileSync(folder.path + '/count')) + 1));
      });`;
    const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    await Promise.all(
      [1, 2, 3].map((each) =>
        once(new Worker(url, { workerData: folder.path, name: `${each}` }), 'exit'),
      ),
    );
    assert.equal(readFileSync(file, 'utf8'), '150');
    assert.ok(existsSync(join(folder.path, LOCKS.change)));
  });
});

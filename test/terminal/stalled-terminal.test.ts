import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const listConsole = fileURLToPath(new URL('list-console.ts', import.meta.url));

/** What a process has written so far, in bytes, as Linux counts it; undefined once it has ended. */
function bytesWrittenBy(pid: number): number | undefined {
  try {
    if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return undefined;
    return Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

async function until(reached: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!reached()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 30 s`);
    await delay(20);
  }
}

/** The list console in a terminal whose other end is ours: nobody reads unless we do. */
function startUnread(folder: string) {
  const run = `stty rows 200 cols 200; echo $$ >'${folder}/pid'; exec '${process.execPath}' --import=./scripts/tsx-hook.ts '${listConsole}'`; // prettier-ignore
  return spawn('script', ['-qfec', run, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm', NODE_ENV: 'production', PAGING: '1' },
  });
}

describe('a terminal that takes nothing any more', () => {
  it('does not keep the program from ending on SIGTERM', async (t) => {
    if (process.platform !== 'linux') return t.skip('counts what Linux says of a process');
    if (spawnSync('script', ['--version']).status !== 0) return t.skip('script is not installed');
    const folder = mkdtempSync(join(tmpdir(), 'mia-stalled-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const child = startUnread(folder);
    const ended = once(child, 'exit');
    t.after(() => child.kill('SIGKILL'));

    let shown = '';
    let taken = 0;
    const read = (chunk: Buffer) => {
      shown += chunk.toString();
      taken += chunk.length;
    };
    child.stdout.on('data', read);
    await until(() => shown.includes('list 200x200'), 'the first frame');
    child.stdout.off('data', read);
    child.stdout.pause();

    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    // A frame is some 10,000 bytes and comes every 33 ms; what is left is threads waking each other.
    // Pipes and the terminal itself take some 100 KB before they are full.
    let seen = 0;
    let quiet = 0;
    await until(() => {
      const written = bytesWrittenBy(pid) ?? Number.NaN;
      quiet = written - seen < 1000 ? quiet + 1 : 0;
      if (quiet === 0) seen = written;
      return quiet >= 50 && written - taken > 60_000;
    }, 'the stall');

    process.kill(pid, 'SIGTERM');
    await until(() => bytesWrittenBy(pid) === undefined, 'the end');
    child.stdout.resume();
    assert.deepEqual(await ended, [143, null]);
  });
});

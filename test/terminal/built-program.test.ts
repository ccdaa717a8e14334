/** The program as it is shipped, in a real terminal, on a real case. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeEvidence } from '../journeys/evidence.ts';
import { openRealTerminal, withoutTmux, type RealTerminal } from './real-terminal.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/mia.js', import.meta.url));
const COLOUR = /\u001b\[(?:\d+;)*(?:3[0-8]|9[0-7])/;

// As shipped: it keeps what was compiled in a folder of its own.
delete process.env['NODE_COMPILE_CACHE'];

/** Throws where nobody catches it, as a bug would. */
const CRASH = `data:text/javascript,process.on('SIGUSR2',()=>{throw(new(Error)('a-crash-on-purpose'))})`;

const assertRestored = async (terminal: RealTerminal): Promise<void> => {
  const { alternate, cursorShown, wraps, scrollRegion, lineBefore, lineAfter } =
    await terminal.state();
  assert.deepEqual(
    { alternate, cursorShown, wraps, scrollRegion, line: lineAfter },
    { alternate: false, cursorShown: true, wraps: true, scrollRegion: [0, 23], line: lineBefore },
  );
};

describe('the built program in a real terminal', { concurrency: 2 }, () => {
  let folder = '';
  before(() => {
    if (withoutTmux !== undefined) return;
    folder = mkdtempSync(join(tmpdir(), 'mia-built-'));
    const { audit, trace } = writeEvidence(folder);
    const words = [PROGRAM, 'import', audit, trace, '--case', join(folder, 'case')];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  /** The console on a copy of the case, or on that of another test's console. */
  const open = async (
    t: TestContext,
    env: Readonly<Record<string, string>> = {},
    where = mkdtempSync(join(folder, 'copy-')),
  ): Promise<{ readonly terminal: RealTerminal; readonly where: string }> => {
    cpSync(join(folder, 'case'), where, { recursive: true, force: false });
    const command = [process.execPath, PROGRAM, '--case', where];
    const terminal = await openRealTerminal({ command, env: { MIA_ANALYST: 'jana', ...env } });
    t.after(() => terminal.close());
    await terminal.shows('Sessions 4');
    return { terminal, where };
  };

  const story = (name: string, tell: (t: TestContext) => Promise<void>): void => {
    it(name, async (t) => (withoutTmux === undefined ? tell(t) : t.skip(withoutTmux)));
  };

  story('shows sessions, judges, searches, follows the size, and leaves no trace', async (t) => {
    const { terminal } = await open(t);
    assert.equal((await terminal.state()).alternate, true);
    await terminal.type('jj');
    await terminal.shows(/^> · 09-24 14:10/m);
    await terminal.type('m');
    await terminal.shows('1 malicious');
    await terminal.shows(/^ {2}M 09-24 14:10/m);
    await terminal.type('/95.96');
    await terminal.press('Enter');
    await terminal.shows(/Sessions 2.*matching "95\.96"/);
    await terminal.resize(60, 15);
    const small = await terminal.shows(/Sessions 2/);
    assert.equal(small.length, 15);
    await terminal.resize(80, 24);
    await terminal.shows(/Messages of 1 session/);
    await terminal.press('Escape');
    await terminal.shows('Sessions 4');
    await terminal.type('q');
    assert.equal(await terminal.exitCode(), 0);
    await assertRestored(terminal);
    assert.doesNotMatch((await terminal.screen()).join('\n'), /Sessions|g\.jacobs/);
  });

  story('gives the terminal back on SIGTERM', async (t) => {
    const { terminal } = await open(t);
    terminal.kill('SIGTERM');
    assert.notEqual(await terminal.exitCode(), 0);
    await assertRestored(terminal);
  });

  story('gives the terminal back when it meets a bug, which can be read', async (t) => {
    const { terminal } = await open(t, { NODE_OPTIONS: `--import=${CRASH}` });
    terminal.kill('SIGUSR2');
    assert.notEqual(await terminal.exitCode(), 0);
    await terminal.shows('a-crash-on-purpose');
    await assertRestored(terminal);
  });

  story('two consoles on one case: what one decides the other shows', async (t) => {
    const first = await open(t);
    const second = await open(t, { MIA_ANALYST: 'piet' }, first.where);
    await first.terminal.type('m');
    await second.terminal.shows('1 malicious');
    await second.terminal.type('b');
    await first.terminal.shows('1 benign');
  });

  story('in colour, and without it where NO_COLOR asks for that', async (t) => {
    const coloured = await open(t);
    const plain = await open(t, { NO_COLOR: '1', DEV: 'true' });
    for (const { terminal } of [coloured, plain]) {
      await terminal.type('m');
      await terminal.shows('1 malicious');
      // The count and the row come with different answers of the case.
      await terminal.shows(/^ {2}M 09-25/m);
    }
    assert.match(await coloured.terminal.styledScreen(), COLOUR);
    assert.doesNotMatch(await plain.terminal.styledScreen(), COLOUR);
  });

  story('in ASCII where the locale is not UTF-8', async (t) => {
    const { terminal } = await open(t, { LC_ALL: '', LANG: 'C' });
    assert.match((await terminal.screen()).join('\n'), /^[\x20-\x7E\n]*$/);
  });
});

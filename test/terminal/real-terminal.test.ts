import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openRealTerminal, withoutTmux, type RealTerminal } from './real-terminal.ts';

const command = [
  process.execPath,
  '--import=./scripts/tsx-hook.ts',
  'test/terminal/list-console.ts',
];

async function openList(
  test: TestContext,
  env: Record<string, string> = {},
): Promise<RealTerminal> {
  const terminal = await openRealTerminal({ command, env: { NODE_ENV: 'production', ...env } });
  test.after(() => terminal.close());
  await terminal.shows('list 80x24');
  return terminal;
}

async function assertRestored(terminal: RealTerminal): Promise<void> {
  const state = await terminal.state();
  assert.equal(state.alternate, false);
  assert.equal(state.cursorShown, true);
  assert.equal(state.wraps, true);
  assert.deepEqual(state.scrollRegion, [0, 23]);
  assert.equal(state.lineAfter, state.lineBefore);
}

describe('a process in a real terminal', { skip: withoutTmux, concurrency: 2 }, () => {
  it('draws, hears keys, follows the size, and leaves everything as it was', async (test) => {
    const terminal = await openList(test);
    assert.equal((await terminal.state()).alternate, true);
    assert.equal((await terminal.state()).cursorShown, false);
    await terminal.type('jjj');
    await terminal.shows(/^> .*user93@/m);
    await terminal.press('NPage', 'Up');
    await terminal.shows(/^> .*user682@/m);
    await terminal.paste('one\ntwo');
    await terminal.shows('last: paste "one\\ntwo"');
    await terminal.resize(60, 15);
    assert.equal((await terminal.shows('list 60x15')).length, 15);
    await terminal.resize(80, 24);
    await terminal.shows('list 80x24');
    await terminal.press('q');
    assert.equal(await terminal.exitCode(), 0);
    await assertRestored(terminal);
    assert.doesNotMatch((await terminal.screen()).join('\n'), /list 80x24|user/);
  });

  it('tells Esc from the sequences that begin with it', async (test) => {
    const terminal = await openList(test);
    await terminal.press('Escape');
    await terminal.shows('last: escape');
    await terminal.press('BTab');
    await terminal.shows('last: shift-tab');
    await terminal.press('M-x');
    await terminal.shows('last: alt-x');
    await terminal.press('q');
    assert.equal(await terminal.exitCode(), 0);
  });

  it('gives the terminal back on SIGTERM', async (test) => {
    const terminal = await openList(test);
    terminal.kill('SIGTERM');
    assert.equal(await terminal.exitCode(), 143);
    await assertRestored(terminal);
  });

  it('gives the terminal back on a crash, and the message can be read', async (test) => {
    const terminal = await openList(test);
    await terminal.press('!');
    assert.equal(await terminal.exitCode(), 70);
    await terminal.shows('a crash on purpose');
    await assertRestored(terminal);
  });

  it('stops on Ctrl-Z and comes back with fg', async (test) => {
    const terminal = await openList(test);
    await terminal.type('jj');
    await terminal.shows(/^> .*user62@/m);
    await terminal.press('C-z');
    await terminal.shows('Stopped');
    assert.equal((await terminal.state()).alternate, false);
    assert.equal((await terminal.state()).cursorShown, true);
    await terminal.type('fg\r');
    await terminal.shows(/^> .*user62@/m);
    assert.equal((await terminal.state()).alternate, true);
    await terminal.press('j');
    await terminal.shows(/^> .*user93@/m);
    await terminal.press('q');
    assert.equal(await terminal.exitCode(), 0);
    await assertRestored(terminal);
  });

  it('draws in ASCII where the locale is not UTF-8', async (test) => {
    const terminal = await openList(test, { LC_ALL: 'C', NO_COLOR: '1' });
    const lines = await terminal.shows('???? ');
    assert.match(lines.join('\n'), /^[\x20-\x7E\n]*$/);
    await terminal.press('q');
    assert.equal(await terminal.exitCode(), 0);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openRealTerminal, withoutTmux, type RealTerminal } from './real-terminal.ts';

const listConsole = fileURLToPath(new URL('list-console.ts', import.meta.url));
const command = [process.execPath, '--import=./scripts/tsx-hook.ts', listConsole];

type Story = (terminal: RealTerminal) => Promise<void>;

/** A test with the list console running in a terminal of 80x24. */
function inTerminal(name: string, env: Readonly<Record<string, string>>, story: Story): void {
  it(name, async (t) => {
    if (withoutTmux !== undefined) return t.skip(withoutTmux);
    const settings = { NODE_ENV: 'production', ...env };
    const terminal = await openRealTerminal({ command, env: settings });
    t.after(() => terminal.close());
    await terminal.shows('list 80x24');
    await story(terminal);
  });
}

async function assertRestored(terminal: RealTerminal): Promise<void> {
  const state = await terminal.state();
  assert.equal(state.alternate, false);
  assert.equal(state.cursorShown, true);
  assert.equal(state.wraps, true);
  assert.deepEqual(state.scrollRegion, [0, 23]);
  assert.equal(state.lineAfter, state.lineBefore);
}

describe('a process in a real terminal', { concurrency: 2 }, () => {
  inTerminal(
    'draws, hears keys, follows the size, and leaves everything as it was',
    {},
    async (terminal) => {
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
    },
  );

  inTerminal('tells Esc from the sequences that begin with it', {}, async (terminal) => {
    await terminal.press('Escape');
    await terminal.shows('last: escape');
    await terminal.press('BTab');
    await terminal.shows('last: shift-tab');
    await terminal.press('M-x');
    await terminal.shows('last: alt-x');
    await terminal.press('q');
    assert.equal(await terminal.exitCode(), 0);
  });

  inTerminal('gives the terminal back on SIGTERM', {}, async (terminal) => {
    terminal.kill('SIGTERM');
    assert.equal(await terminal.exitCode(), 143);
    await assertRestored(terminal);
  });

  inTerminal(
    'gives the terminal back on a crash, and the message can be read',
    {},
    async (terminal) => {
      await terminal.press('!');
      assert.equal(await terminal.exitCode(), 70);
      await terminal.shows('a crash on purpose');
      await assertRestored(terminal);
    },
  );

  inTerminal('stops on Ctrl-Z and comes back with fg', {}, async (terminal) => {
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

  inTerminal(
    'draws in ASCII where the locale is not UTF-8',
    { LC_ALL: 'C', NO_COLOR: '1' },
    async (terminal) => {
      const lines = await terminal.shows('???? ');
      assert.match(lines.join('\n'), /^[\x20-\x7E\n]*$/);
      await terminal.press('q');
      assert.equal(await terminal.exitCode(), 0);
    },
  );
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ScreenView } from '../../source/console/view.ts';
import { startVirtualConsole, type VirtualConsole } from '../terminal/virtual-console.ts';

const view: ScreenView = {
  columns: 60,
  rows: 15,
  bands: [
    {
      height: 15,
      panes: [{ name: 'all', width: 60, lines: [[{ text: 'mia', tone: 'malicious' }]] }],
    },
  ],
};

async function started(): Promise<VirtualConsole> {
  const console = startVirtualConsole({ view });
  await console.drawn();
  assert.ok(console.terminal.isAlternate());
  return console;
}

async function assertRestored({ terminal, output, keyboard }: VirtualConsole): Promise<void> {
  await output.settled();
  assert.equal(terminal.isAlternate(), false);
  assert.equal(terminal.isCursorHidden(), false);
  assert.equal(terminal.isPasteBracketed(), false);
  assert.equal(terminal.wraps(), true);
  assert.equal(keyboard.raw, false);
  assert.equal(keyboard.flowing, false);
}

describe('the terminal is as it was', () => {
  it('after the end, with no listener or timer left', async () => {
    const console = await started();
    await console.screen.stop();
    await assertRestored(console);
    console.time.pass(1000);
    assert.equal(console.time.waiting(), 0);
    assert.deepEqual(console.signals.eventNames(), []);
    assert.deepEqual(console.keyboard.eventNames(), []);
    assert.deepEqual(console.ends, []);
  });

  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    it(`after ${signal}, before the caller hears of it, and it hears once`, async () => {
      const console = await started();
      console.signals.emit(signal);
      console.signals.emit(signal);
      assert.deepEqual(console.ends, [{ end: 'signal', signal }]);
      await assertRestored(console);
    });
  }

  it('after the terminal went away', async () => {
    const console = await started();
    console.keyboard.emit('end');
    assert.deepEqual(console.ends, [{ end: 'signal', signal: 'SIGHUP' }]);
  });

  it('after a crash of the caller, who says restore, even with a frame half written', async () => {
    const console = await started();
    await console.terminal.write('\u001B[3;');
    console.screen.restore();
    await assertRestored(console);
    const before = console.output.writes.length;
    console.show({ ...view, bands: [] });
    await console.drawn();
    assert.equal(console.output.writes.length, before);
    await console.screen.stop();
  });

  it('when the process exits without a word', async () => {
    const console = await started();
    console.signals.emit('exit');
    await assertRestored(console);
    await console.screen.stop();
  });

  it('after a view that cannot be drawn, which the caller hears of', async () => {
    const console = await started();
    console.show({ columns: 60, rows: 15, bands: [{ height: 1 } as never] });
    await console.drawn();
    assert.equal(console.ends[0]?.end, 'failed');
    await assertRestored(console);
  });

  it('even when the terminal takes nothing any more', async () => {
    const console = await started();
    console.output.stall();
    const stopped = console.screen.stop();
    console.time.pass(1000);
    await stopped;
    console.output.flow();
    await assertRestored(console);
  });
});

describe('Ctrl-Z', () => {
  it('gives the terminal back, stops the job, and draws anew when it goes on', async () => {
    const console = await started();
    console.screen.suspend();
    await assertRestored(console);
    assert.deepEqual(console.signals.sent, ['SIGTSTP to 0']);
    assert.equal(console.signals.listenerCount('SIGTSTP'), 0);
    await console.terminal.write('$ fg\r\n');
    console.signals.emit('SIGCONT');
    await console.drawn();
    assert.ok(console.terminal.isAlternate() && console.keyboard.raw);
    assert.equal(console.terminal.lines()[0], 'mia');
    assert.deepEqual(console.heard, ['60x15']);
    console.keyboard.type('j');
    assert.equal(console.heard.at(-1), 'j');
    await console.screen.stop();
    await assertRestored(console);
  });

  it('that could not be announced (SIGSTOP), while the shell set its own modes', async () => {
    const console = await started();
    console.keyboard.raw = false;
    console.signals.emit('SIGCONT');
    await console.drawn();
    assert.ok(console.keyboard.raw);
    await console.screen.stop();
    await assertRestored(console);
  });

  it('goes on by itself where nothing can be stopped', async () => {
    const console = await started();
    console.screen.suspend();
    console.time.pass(100);
    await console.drawn();
    assert.ok(console.terminal.isAlternate());
    await console.screen.stop();
  });

  it('from outside stops this process only', async () => {
    const console = await started();
    console.signals.emit('SIGTSTP');
    await assertRestored(console);
    assert.deepEqual(console.signals.sent, ['SIGTSTP to 4242']);
    console.signals.emit('SIGCONT');
    await console.drawn();
    assert.ok(console.terminal.isAlternate());
    assert.equal(console.signals.listenerCount('SIGTSTP'), 1);
    await console.screen.stop();
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFramePacer } from '../../../source/screens/terminal/frame-pacer.ts';
import { createManualTime } from '../../terminal/manual-time.ts';

function paced() {
  const time = createManualTime();
  const open: (() => void)[] = [];
  const pacer = createFramePacer({ gap: 33, after: time.after, draw: (done) => open.push(done) });
  return { time, pacer, open };
}

describe('the pace of frames', () => {
  it('draws once for all that happens in one turn', () => {
    const { time, pacer, open } = paced();
    for (let times = 0; times < 5; times += 1) pacer.request();
    assert.equal(open.length, 0);
    time.pass(0);
    assert.equal(open.length, 1);
  });

  it('leaves a gap between frames, and never leaves the last one out', () => {
    const { time, pacer, open } = paced();
    pacer.request();
    time.pass(0);
    open[0]?.();
    pacer.request();
    time.pass(32);
    assert.equal(open.length, 1);
    time.pass(1);
    assert.equal(open.length, 2);
    open[1]?.();
    time.pass(1000);
    assert.equal(open.length, 2);
    assert.equal(time.waiting(), 0);
  });

  it('waits for a terminal that is backed up, then draws the newest only', () => {
    const { time, pacer, open } = paced();
    pacer.request();
    time.pass(0);
    for (let times = 0; times < 50; times += 1) {
      pacer.request();
      time.pass(100);
    }
    assert.equal(open.length, 1);
    open[0]?.();
    time.pass(0);
    assert.equal(open.length, 2);
  });

  it('draws nothing once stopped, and leaves no timer behind', () => {
    const { time, pacer, open } = paced();
    pacer.request();
    pacer.stop();
    pacer.request();
    time.pass(1000);
    assert.equal(open.length, 0);
    assert.equal(time.waiting(), 0);
  });
});

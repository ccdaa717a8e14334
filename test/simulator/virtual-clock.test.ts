import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoSeconds, virtualClock } from './virtual-clock.ts';

test('a clock that only a test moves', () => {
  let real = 1000;
  const clock = virtualClock(5000, 0, 1000, () => real);
  real += 60_000;
  assert.equal(clock.now(), 5000);
  clock.advance(1500);
  assert.equal(clock.now(), 6500);
});

test('a clock so many times as fast as ours, and moved besides', () => {
  let real = 1000;
  const clock = virtualClock(0, 60, 1000, () => real);
  real += 1000;
  assert.equal(isoSeconds(clock.now()), '1970-01-01T00:01:00Z');
  clock.advance(1000);
  assert.equal(isoSeconds(clock.now()), '1970-01-01T00:01:01Z');
});

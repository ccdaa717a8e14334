import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Buckets } from '../../../source/tenant/http/bucket.ts';
import type { BucketName, Wait } from '../../../source/tenant/http/waiting.ts';
import { testClock } from '../test-clock.ts';

const entering = (name: BucketName) => {
  const clock = testClock();
  const bucket = new Buckets(clock).of(name);
  const waits: Wait[] = [];
  const starts: number[] = [];
  const begin = clock.now();
  const enter = async (signal = new AbortController().signal) => {
    const leave = await bucket.enter(signal, (wait) => waits.push(wait));
    starts.push(clock.now() - begin);
    return leave;
  };
  return { clock, bucket, waits, starts, enter };
};

test('audit queries are created at least ten seconds apart', async () => {
  const { enter, starts, waits } = entering('audit-create');
  for (let count = 0; count < 3; count += 1) (await enter())();
  assert.deepEqual(starts, [0, 10_000, 20_000]);
  assert.deepEqual(
    waits.map(({ why, until }) => [why, until]),
    [
      ['pace', '2026-09-26T10:00:10Z'],
      ['pace', '2026-09-26T10:00:20Z'],
    ],
  );
});

test('ninety traces in any five minutes', async () => {
  const { enter, starts } = entering('traces');
  for (let count = 0; count < 181; count += 1) (await enter())();
  assert.equal(starts[89], 0);
  assert.equal(starts[90], 300_000);
  assert.equal(starts[180], 600_000);
});

test('five sign-in pages in ten seconds and a little, rolling', async () => {
  const { enter, starts, clock } = entering('sign-ins');
  for (let count = 0; count < 4; count += 1) (await enter())();
  clock.pass(6_000);
  for (let count = 0; count < 3; count += 1) (await enter())();
  assert.deepEqual(starts, [0, 0, 0, 0, 6_000, 11_000, 11_000]);
});

test('four at once in a mailbox; the fifth begins when one has ended', async () => {
  const { enter, starts } = entering('outlook');
  const leaves = await Promise.all([enter(), enter(), enter(), enter()]);
  const fifth = enter();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(starts.length, 4);
  leaves[2]?.();
  leaves[2]?.();
  const leave = await fifth;
  const sixth = enter();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(starts.length, 5, 'ending twice counts once');
  leave();
  (await sixth)();
});

test('a pause holds all of its bucket and no other, and is never shortened', async () => {
  const { enter, bucket, starts, waits } = entering('outlook');
  bucket.pause(30_000, 'HTTP 429');
  bucket.pause(5_000, 'HTTP 429');
  const leaves = await Promise.all([enter(), enter()]);
  for (const leave of leaves) leave();
  assert.deepEqual(starts, [30_000, 30_000]);
  assert.equal(waits[0]?.why, 'throttled');
  assert.equal(waits[0]?.after, 'HTTP 429');
  const clock = testClock();
  const buckets = new Buckets(clock);
  buckets.of('traces').pause(30_000, null);
  await buckets.of('outlook').enter(new AbortController().signal, () => undefined);
  assert.deepEqual(clock.slept, []);
});

test('who gives up while waiting keeps nobody else waiting', async () => {
  const { enter, starts } = entering('sign-ins');
  const leave = await enter();
  const control = new AbortController();
  const reason = new Error('enough');
  const given = enter(control.signal);
  const next = enter();
  control.abort(reason);
  await assert.rejects(given, reason);
  leave();
  (await next)();
  assert.equal(starts.length, 2);
});

test('what another run sent just before counts for the limit', async () => {
  const { enter, starts, bucket, clock } = entering('traces');
  const before = clock.now() - 60_000;
  bucket.past(Array.from({ length: 80 }, (_, at) => before + at));
  for (let count = 0; count < 12; count += 1) (await enter())();
  assert.deepEqual(
    starts.map((start) => start > 0),
    [...Array.from({ length: 10 }, () => false), true, true],
  );
  assert.deepEqual(starts.slice(10), [240_000, 240_001]);
});

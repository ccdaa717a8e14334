import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWork } from '../../source/runtime/start-console.ts';

test('idle waits for all that is under way, what that begins included', async () => {
  const work = countWork();
  await work.idle();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const done: string[] = [];
  void work.track(async () => {
    await first.promise;
    void work.track(async () => {
      await second.promise;
      done.push('second');
    });
    done.push('first');
  });
  const idle = work.idle().then(() => done.push('idle'));
  first.resolve();
  await Promise.resolve();
  second.resolve();
  await idle;
  assert.deepEqual(done, ['first', 'second', 'idle']);
});

test('work that fails is over too, and its failure is its caller’s', async () => {
  const work = countWork();
  await assert.rejects(
    work.track(() => Promise.reject(new Error('lost'))),
    /lost/,
  );
  await work.idle();
});

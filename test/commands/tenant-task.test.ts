import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { TaskEvent } from '../../source/acquire/task/task-events.ts';
import { followTask } from '../../source/commands/tenant-task.ts';
import type { FetchWait } from '../../source/domain/fetches/fetch-progress.ts';
import { quietEnvironment } from './run-mia.ts';

const START = Date.parse('2026-09-26T22:00:00Z');

const wait = (
  why: 'pace' | 'throttled' | 'retry',
  seconds: number,
  begins = START,
  after: string | null = why === 'pace' ? null : 'HTTP 429',
): FetchWait => {
  const milliseconds = seconds * 1000;
  const until = `${new Date(begins + milliseconds).toISOString().slice(0, 19)}Z`;
  return { why, until, milliseconds, after };
};

/** What is said on standard error of these waits, one after the other. */
const linesFor = async (waits: readonly (FetchWait | null)[]): Promise<readonly string[]> => {
  const stderr = new PassThrough();
  const text = stderr.toArray();
  const events = async function* (): AsyncGenerator<
    TaskEvent<{ readonly wait: FetchWait | null }, object>
  > {
    for (const one of waits) yield { event: 'progress', progress: { wait: one } };
    yield { event: 'finished' };
  };
  const words = () => ({ step: 'Working', line: 'Working' });
  await followTask(quietEnvironment({ stderr }), events(), words);
  stderr.end();
  return Buffer.concat(await text)
    .toString()
    .trimEnd()
    .split('\n')
    .slice(1);
};

test('a long wait is said once: what for, how long, and until when', async () => {
  const hour = wait('throttled', 3600);
  assert.deepEqual(await linesFor([hour, null, hour, wait('throttled', 3590, START + 10_000)]), [
    'The tenant asks to wait (HTTP 429): 60 min, until 23:00:00 UTC. Then it goes on by itself; Ctrl-C loses nothing.',
  ]);
  const [day] = await linesFor([wait('throttled', 10_000)]);
  assert.match(day ?? '', /: 2 h 47 min, until 2026-09-27 00:46:40 UTC\./);
  const later = await linesFor([hour, wait('throttled', 600, START + 3_600_000)]);
  assert.equal(later.length, 2, 'and each further one');
});

test('short waits, and looking again, are not worth a line; our own pace is worth one', async () => {
  const poll: FetchWait = { why: 'poll', until: '2026-09-26T22:10:00Z' };
  assert.deepEqual(await linesFor([poll, wait('throttled', 29), wait('retry', 5)]), []);
  const paces = await linesFor([1, 2, 3].map((turn) => wait('pace', 280, START + turn * 300_000)));
  assert.equal(paces.length, 1);
  assert.match(paces[0] ?? '', /limit is reached: the next request is in 5 min/);
  assert.match(
    (await linesFor([wait('retry', 60, START, 'HTTP 403')]))[0] ?? '',
    /asked again in 60 s/,
  );
});

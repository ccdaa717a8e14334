import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { jobProgress } from '../../source/commands/tenant-job.ts';
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
const said = async (waits: readonly (FetchWait | null)[]): Promise<readonly string[]> => {
  const stderr = new PassThrough();
  const text = stderr.toArray();
  const reporter = jobProgress(quietEnvironment({ stderr }));
  for (const one of waits) reporter.progress({ step: 'Working', line: 'Working', wait: one });
  reporter.end();
  stderr.end();
  return Buffer.concat(await text)
    .toString()
    .trimEnd()
    .split('\n')
    .slice(1);
};

test('a long wait is said once: what for, how long, and until when', async () => {
  const hour = wait('throttled', 3600);
  assert.deepEqual(await said([hour, null, hour, wait('throttled', 3590, START + 10_000)]), [
    'The tenant asks to wait (HTTP 429): 60 min, until 23:00:00 UTC. Then it goes on by itself; Ctrl-C loses nothing.',
  ]);
  const [day] = await said([wait('throttled', 10_000)]);
  assert.match(day ?? '', /: 2 h 47 min, until 2026-09-27 00:46:40 UTC\./);
  const later = await said([hour, wait('throttled', 600, START + 3_600_000)]);
  assert.equal(later.length, 2, 'and each further one');
});

test('short waits, and looking again, are not worth a line; our own pace is worth one', async () => {
  const poll: FetchWait = { why: 'poll', until: '2026-09-26T22:10:00Z' };
  assert.deepEqual(await said([poll, wait('throttled', 29), wait('retry', 5)]), []);
  const paces = await said([1, 2, 3].map((turn) => wait('pace', 280, START + turn * 300_000)));
  assert.equal(paces.length, 1);
  assert.match(paces[0] ?? '', /limit is reached: the next request is in 5 min/);
  assert.match(
    (await said([wait('retry', 60, START, 'HTTP 403')]))[0] ?? '',
    /asked again in 60 s/,
  );
});

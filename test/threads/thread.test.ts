import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { runJob, startThread } from '../../source/threads/start-thread.ts';
import { temporaryFolder } from '../import/temporary-case.ts';
import type { Starter, Tried } from './tried-worker.ts';

const start = (t: TestContext, options: Parameters<typeof startThread>[2] = {}) => {
  const thread = startThread<Tried>(import.meta.url, './tried-worker.ts', { data: {}, ...options });
  t.after(() => thread.terminate());
  return thread;
};

const listOf = async <Event>(events: AsyncIterable<Event>): Promise<readonly Event[]> => {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
};

test('a call is answered, and two at once each get their own answer, whichever is first', async (t) => {
  const thread = start(t);
  assert.equal(await thread.call('add', [2, 3]), 5);
  const order: string[] = [];
  const [a, b] = ['a', 'b'].map((name) =>
    thread.call('wait', name).then((answer) => {
      order.push(answer);
    }),
  );
  await thread.call('open', 'b');
  await b;
  await thread.call('open', 'a');
  await a;
  assert.deepEqual(order, ['b opened', 'a opened']);
});

test('a Problem stays one; another error has its message, code and the stack of its thread', async (t) => {
  const thread = start(t);
  await assert.rejects(thread.call('refuse', 'problem'), (error) => {
    assert.ok(error instanceof Problem);
    assert.equal(error.message, 'It is full.');
    assert.equal(error.hint, 'Free some space.');
    return true;
  });
  await assert.rejects(thread.call('refuse', 'error'), (error) => {
    assert.ok(error instanceof Error && !(error instanceof Problem));
    assert.equal(error.message, 'nobody foresaw this');
    assert.match(error.stack ?? '', /tried-worker/);
    return true;
  });
  await assert.rejects(thread.call('refuse', 'system'), { code: 'ENOENT' });
  assert.equal(await thread.call('add', [1, 1]), 2);
});

test('a thread that cannot begin rejects every call with why, and is gone', async (t) => {
  const thread = start(t, { data: { refuse: true } });
  await assert.rejects(thread.call('add', [1, 1]), {
    message: 'It cannot begin.',
    name: 'Problem',
  });
  await thread.ended;
  await assert.rejects(thread.call('add', [1, 1]), { message: 'It cannot begin.' });
  await thread.close();
});

test('a thread that ends unasked is told as a Problem, to calls, streams and all that come later', async (t) => {
  const thread = start(t);
  const waiting = assert.rejects(thread.call('wait', 'for ever'), Problem);
  const events = assert.rejects(
    listOf(thread.stream('run', { upTo: Infinity }, new AbortController().signal)),
    Problem,
  );
  await assert.rejects(thread.call('exit', 7), (error) => {
    assert.ok(error instanceof Problem);
    assert.match(error.message, /The tried thread ended before its time \(exit code 7\)/);
    return true;
  });
  await Promise.all([waiting, events]);
  await assert.rejects(thread.call('add', [1, 1]), Problem);
  await thread.close();
});

test('a thread that fills its heap is told as a Problem, and the program goes on', async (t) => {
  const thread = start(t, { heap: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 2 } });
  await assert.rejects(thread.call('fill', undefined), (error) => {
    assert.ok(error instanceof Problem);
    assert.match(error.message, /ran out of memory/);
    return true;
  });
});

test('what a thread does not catch rejects its calls with that error', async (t) => {
  const thread = start(t);
  await assert.rejects(thread.call('stray', undefined), { message: 'thrown where nobody catches' });
});

test('a stream gives its events in order, and then what was thrown', async (t) => {
  const thread = start(t);
  const { signal } = new AbortController();
  assert.deepEqual(await listOf(thread.stream('run', { upTo: 3 }, signal)), [
    ...[0, 1, 2].map((count) => ({ event: 'counted', count })),
    { event: 'finished' },
  ]);
  const heard: number[] = [];
  const broken = (async () => {
    for await (const event of thread.stream('breaks', undefined, signal)) heard.push(event);
  })();
  await assert.rejects(broken, { message: 'It broke.', hint: 'Mend it.' });
  assert.deepEqual(heard, [1, 2]);
});

test('cancelled in the middle, a stream ends as its job says, once; other calls go on', async (t) => {
  const thread = start(t);
  const control = new AbortController();
  const endings: string[] = [];
  for await (const event of thread.stream('run', { upTo: Infinity }, control.signal)) {
    if (event.event !== 'counted') endings.push(event.event);
    else if (event.count === 2) control.abort();
  }
  assert.deepEqual(endings, ['cancelled']);
  assert.equal(await thread.call('add', [1, 1]), 2);
});

test('cancelled before it is read, a stream ends as cancelled, too', async (t) => {
  const thread = start(t);
  const events = await listOf(thread.stream('run', { upTo: Infinity }, AbortSignal.abort()));
  assert.deepEqual(events.at(-1), { event: 'cancelled' });
});

test('a job ends its thread, also when it is left early; what close does is done before', async (t) => {
  const folder = temporaryFolder(t);
  for (const [name, leave] of [
    ['whole', false],
    ['left', true],
  ] as const) {
    const closedFile = join(folder, name);
    const thread = start(t, { data: { closedFile } });
    const { signal } = new AbortController();
    for await (const _event of runJob(thread, { upTo: leave ? Infinity : 3 }, signal))
      if (leave) break;
    await thread.ended;
    assert.ok(existsSync(closedFile), name);
  }
});

test('close waits for what was called; after it, a call is rejected', async (t) => {
  const thread = start(t);
  const answer = thread.call('wait', 'a');
  const closing = thread.close();
  await thread.call('open', 'a');
  assert.equal(await answer, 'a opened');
  await closing;
  await assert.rejects(thread.call('add', [1, 1]), /was closed/);
  await thread.close();
});

test('the thread calls its starter, too', async (t) => {
  const answers: Starter = { double: (value) => value * 2 };
  assert.equal(await start(t, { answers }).call('quadruple', 3), 12);
});

test('a buffer that is transferred is handed over and not copied', async (t) => {
  const thread = start(t);
  const bytes = new Uint8Array(1000);
  assert.equal(await thread.call('sizeOf', bytes, { transfer: [bytes.buffer] }), 1000);
  assert.equal(bytes.length, 0);
});

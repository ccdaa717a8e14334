import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { test } from 'node:test';
import { writePaced } from '../../source/commands/paced-output.ts';

const calm = new AbortController().signal;
const LINE = `${'x'.repeat(999)}\n`;

test('everything arrives, in order', async () => {
  const stream = new PassThrough();
  const read = stream.toArray();
  await writePaced(stream, ['a', 'b', LINE, 'c'], calm);
  stream.end();
  assert.equal(Buffer.concat(await read).toString(), `ab${LINE}c`);
});

test('a slow reader sets the pace: nothing piles up', async () => {
  const stream = new PassThrough({ highWaterMark: 1024 });
  let made = 0;
  const lines = function* () {
    for (; made < 1000; made++) yield LINE;
  };
  const writing = writePaced(stream, lines(), calm);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(made < 100, `${made} lines were made before anything was read`);
  stream.resume();
  await writing;
  assert.equal(made, 1000);
});

const broken = (code: string) =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
  });

test('a reader that closes the pipe early ends it without an error', async () => {
  let made = 0;
  const endless = function* () {
    for (;;) {
      made += 1;
      yield LINE;
    }
  };
  await writePaced(broken('EPIPE'), endless(), calm);
  assert.ok(made < 1000);
});

test('a disk that is full is an error', async () => {
  await assert.rejects(writePaced(broken('ENOSPC'), [LINE], calm), {
    name: 'Problem',
    message: /ENOSPC/,
  });
});

test('an abort ends it with its reason', async () => {
  const cancel = new AbortController();
  cancel.abort();
  await assert.rejects(writePaced(new PassThrough(), [LINE], cancel.signal), {
    name: 'AbortError',
  });
});

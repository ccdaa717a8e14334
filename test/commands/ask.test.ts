import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { hiddenAsker } from '../../source/commands/ask.ts';
import { quietEnvironment } from './run-mia.ts';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

const asking = (signal = new AbortController().signal) => {
  const stdin = terminal();
  const stderr = terminal();
  const ask = hiddenAsker(quietEnvironment({ stdin, stderr, signal }));
  assert.ok(ask !== null);
  return { stdin, ask, shown: () => String(stderr.read() ?? '') };
};

test('what is typed is not shown, and can be corrected', async () => {
  const { stdin, ask, shown } = asking();
  const answer = ask('Passphrase: ');
  stdin.write('some wordz\u007fs here\r');
  assert.equal(await answer, 'some words here');
  assert.equal(shown(), 'Passphrase: \n');
});

test('asked twice on one terminal', async () => {
  const { stdin, ask } = asking();
  const first = ask('One: ');
  stdin.write('a\r');
  assert.equal(await first, 'a');
  const second = ask('Two: ');
  stdin.write('b\r');
  assert.equal(await second, 'b');
});

test('nothing typed, and the end of the input, are no answer', async () => {
  const empty = asking();
  const answer = empty.ask('?');
  empty.stdin.write('\r');
  assert.equal(await answer, null);
  const ended = asking();
  const none = ended.ask('?');
  ended.stdin.end();
  assert.equal(await none, null);
});

test('Ctrl-C cancels everything, as it would without the question', async () => {
  const control = new AbortController();
  const reason = new Error('enough');
  const { stdin, ask } = asking(control.signal);
  process.once('SIGINT', () => control.abort(reason));
  const answer = ask('?');
  stdin.write('\u0003');
  await assert.rejects(answer, reason);
});

test('nobody is asked where there is no terminal', () => {
  assert.equal(hiddenAsker(quietEnvironment({})), null);
});

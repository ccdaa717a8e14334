import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cancellable } from '../../../source/import/inputs/open-input.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('of a stream nothing is held but the chunk that is read', async () => {
  const given: WeakRef<Uint8Array>[] = [];
  const source = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < 8; at += 1) {
      const chunk = new Uint8Array(1000);
      given.push(new WeakRef(chunk));
      yield chunk;
    }
  };
  const { signal } = new AbortController();
  let held = 0;
  for await (const { length } of cancellable(source(), signal)) {
    assert.equal(length, 1000);
    await aTurn();
    collectGarbage();
    held = Math.max(held, given.filter((chunk) => chunk.deref() !== undefined).length);
  }
  assert.equal(given.length, 8);
  assert.ok(held <= 2, `${held} chunks were held at once`);
});

it('a stream that is cancelled between two chunks ends before the next is waited for', async () => {
  const control = new AbortController();
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1);
    await new Promise(() => undefined);
  };
  const reading = async (): Promise<void> => {
    for await (const _ of cancellable(source(), control.signal)) control.abort(new Error('enough'));
  };
  await assert.rejects(reading(), { message: 'enough' });
});

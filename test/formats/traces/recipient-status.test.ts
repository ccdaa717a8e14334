import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecipientStatus } from '../../../source/formats/traces/recipient-status.ts';

const read = (text: string) =>
  readRecipientStatus(text).map(({ address, status }) => [address, status]);

test('formats.md 3: each recipient with its last event', () => {
  assert.deepEqual(read('a@x##Receive, Deliver;b@y##Receive, Fail;c@z##Receive, Send'), [
    ['a@x', 'delivered'],
    ['b@y', 'failed'],
    ['c@z', 'sent'],
  ]);
  assert.deepEqual(read('a@x##Receive, Resolve, Something'), [
    ['a@x', 'receive, resolve, something'],
  ]);
});

test('formats.md 3: display-name junk keeps its separators', () => {
  assert.deepEqual(read('"Jacobs; G <g"@x##Receive, Fail; b@y##Receive, Expand;'), [
    ['"Jacobs; G <g"@x', 'failed'],
    ['b@y', 'expanded'],
  ]);
  assert.deepEqual(read('a##b@x##Receive, Deliver'), [['a##b@x', 'delivered']]);
});

test('recipients without a status, and nothing at all', () => {
  assert.deepEqual(read('a@x;b@y##Receive, Defer'), [
    ['a@x', null],
    ['b@y', 'pending'],
  ]);
  assert.deepEqual(read('a@x##'), [['a@x', null]]);
  assert.deepEqual(read('"open; quote'), [['"open; quote', null]]);
  assert.deepEqual(read(' ; '), []);
});

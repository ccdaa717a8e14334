import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { WantedMessage } from '../../../source/domain/lookups/wanted-message.ts';
import { MessageQueue, WantedList } from '../../../source/acquire/lookup/wanted-list.ts';

const wanted = (mailbox: string | null, change: Partial<WantedMessage>): WantedMessage => ({
  ...{ mailbox, guid: mailbox, owner: mailbox === null ? null : `${mailbox}@contoso.example` },
  ...{ messageId: null, itemId: null, itemIds: [], immutableIds: [] },
  firstAccess: '2026-09-24T14:13:44Z',
  ...change,
});

const ITEM = { itemId: 'AAB=', itemIds: ['AAB=', 'AAC='], immutableIds: ['III'] };
const MESSAGES: readonly WantedMessage[] = [
  wanted('vera', { messageId: 'one@x.example' }),
  wanted('anna', { messageId: 'one@x.example', firstAccess: '2026-09-24T14:13:44.25Z' }),
  wanted('vera', ITEM),
  // Spelt as the item above, and no item.
  wanted('vera', { messageId: 'AAB=' }),
  wanted(null, { messageId: 'one@x.example', firstAccess: null }),
  wanted('vera', { messageId: 'with spaces 1 2@x.example' }),
  wanted('vera', { messageId: 'ONE@x.example' }),
];

test('messages come back as they were, each once, found by what names them', () => {
  const list = new WantedList();
  for (const [at, one] of MESSAGES.entries()) assert.equal(list.add(one), at);
  for (const [at, one] of MESSAGES.entries()) {
    assert.equal(list.add({ ...one }), at);
    assert.equal(list.find(one), at);
    assert.deepEqual(list.at(at), one);
  }
  assert.equal(list.find(wanted('vera', { messageId: 'two@x.example' })), -1);
  assert.equal(list.find(wanted('nobody', { messageId: 'one@x.example' })), -1);
});

test('a mailbox has the owner that was named last', () => {
  const list = new WantedList();
  const first = list.add(wanted('vera', { messageId: 'one@x.example' }));
  list.add(wanted('vera', { messageId: 'two@x.example', owner: 'vera.new@contoso.example' }));
  assert.equal(list.at(first).owner, 'vera.new@contoso.example');
});

test('a queue is walked whole, from its head, in pieces, or by mailbox', () => {
  const list = new WantedList();
  const numbers = MESSAGES.map((one) => list.add(one)).reverse();
  const queue = new MessageQueue(list, numbers);
  const all = [...MESSAGES].reverse();
  assert.deepEqual([...queue], all);
  assert.deepEqual([...queue], all, 'and once more');
  assert.deepEqual(queue.head(2), all.slice(0, 2));
  assert.deepEqual(queue.head(99), all);
  assert.deepEqual([...queue.inPieces(3)], [all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
  const mailboxes = queue.byMailbox();
  assert.deepEqual(
    mailboxes.map((one) => one.head(1)[0]?.mailbox),
    ['vera', null, 'anna'],
  );
  assert.deepEqual(
    [...(mailboxes[0] ?? [])],
    all.filter(({ mailbox }) => mailbox === 'vera'),
  );
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapUsed = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

test('a hundred thousand messages are no objects', () => {
  const list = new WantedList();
  const before = heapUsed();
  for (let at = 0; at < 100_000; at += 1)
    list.add(wanted('vera', { messageId: `${at}.${at * at}@lb6pepf0000.contoso.example` }));
  const bytes = (heapUsed() - before) / 100_000;
  assert.ok(bytes < 10, `${bytes} bytes of the heap for each`);
  assert.equal(list.at(99_999).messageId, '99999.9999800001@lb6pepf0000.contoso.example');
});

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { LookedUpMessage } from '../../source/domain/lookups/lookup.ts';
import type { WantedMessage } from '../../source/domain/lookups/wanted-message.ts';
import { WantedMessages } from '../../source/store/wanted-messages.ts';

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

const tableOf = (t: Pick<TestContext, 'after'>, messages = MESSAGES): WantedMessages => {
  const table = new WantedMessages();
  t.after(() => table[Symbol.dispose]());
  table.replace(messages);
  return table;
};

const allIn = (table: WantedMessages): readonly WantedMessage[] =>
  [...table].map(({ message }) => message);

const noted = (message: WantedMessage, change: Partial<LookedUpMessage> = {}): LookedUpMessage => ({
  ...{ at: '2026-09-30T00:00:00Z', service: 'messageTrace', mailbox: message.mailbox },
  ...{ messageId: message.messageId, itemId: message.itemId },
  ...{ end: 'notFound', how: 'traffic', detail: null },
  ...change,
});

test('messages come back as they were, each once, found by what names them', (t) => {
  const table = tableOf(t);
  assert.deepEqual(allIn(table), MESSAGES);
  for (const one of MESSAGES) assert.equal(table.add({ ...one }), false);
  assert.equal(table.length, MESSAGES.length);
  const queue = table.queue(() => true);
  for (const one of MESSAGES) assert.equal(queue.has(one), true);
  assert.equal(queue.has(wanted('vera', { messageId: 'two@x.example' })), false);
  assert.equal(queue.has(wanted('nobody', { messageId: 'one@x.example' })), false);
});

test('ids of any letters come back as they were, in the order of their first coming', () => {
  // Few letters, so that some come twice; and lengths that fill more than a page.
  const id = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'A', ' ', 'é', '\0', '😀'), maxLength: 4 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.integer({ min: 1, max: 9 }).map((times) => 'long'.repeat(times * 40_000)),
  );
  fc.assert(
    fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
      using table = new WantedMessages();
      table.replace(ids.map((messageId) => wanted('vera', { messageId })));
      assert.deepEqual(
        allIn(table).map(({ messageId }) => messageId),
        [...new Set(ids)],
      );
    }),
    { numRuns: 30 },
  );
});

test('a mailbox has the owner that was named last', (t) => {
  const table = tableOf(t, [
    wanted('vera', { messageId: 'one@x.example' }),
    wanted('vera', { messageId: 'two@x.example', owner: 'vera.new@contoso.example' }),
  ]);
  assert.equal(allIn(table)[0]?.owner, 'vera.new@contoso.example');
});

test('a queue is walked whole, from its head, in pieces, or by mailbox', (t) => {
  const all = [...MESSAGES].reverse();
  const queue = tableOf(t, all).queue(() => true);
  assert.deepEqual([...queue], all);
  assert.deepEqual([...queue], all, 'and once more');
  assert.deepEqual(queue.head(2), all.slice(0, 2));
  assert.deepEqual(queue.head(99), all);
  assert.deepEqual(queue.head(-1), []);
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

test('what is noted leaves the queue, also while it is walked, and is known from then on', (t) => {
  const table = tableOf(t);
  const [first, second, item] = MESSAGES as [WantedMessage, WantedMessage, WantedMessage];
  const queue = table.queue(({ message }) => message.mailbox !== null);
  assert.equal(queue.length, 6);
  for (const message of queue) table.noteLookup(noted(message));
  assert.deepEqual([queue.length, queue.has(first), queue.head(1)], [0, false, []]);
  table.noteLookup(noted(second, { service: 'mailbox', end: 'found', how: 'single' }));
  table.noteLookup(noted(wanted('vera', { messageId: 'unknown@x.example' })));
  const rows = [...table];
  const trace = { end: 'notFound', how: 'traffic', now: true };
  assert.deepEqual(rows[0]?.ends, { messageTrace: trace, mailbox: undefined });
  assert.deepEqual(rows[1]?.ends.mailbox, { end: 'found', how: 'single', now: true });
  assert.deepEqual([rows[0]?.found, rows[1]?.found], [false, true]);
  assert.deepEqual(rows[2]?.message, item);
  table.noteEnd(rows[4]?.row ?? 0, 'mailbox', null);
  assert.deepEqual([...table][4]?.ends, { messageTrace: undefined, mailbox: null });
});

test('others are wanted: the queue that somebody works at stays, and what was noted is kept', (t) => {
  const table = tableOf(t);
  const queue = table.queue(() => true);
  const [first, second] = MESSAGES as [WantedMessage, WantedMessage];
  table.noteLookup(noted(second));
  const more = wanted('vera', { messageId: 'more@x.example' });
  table.replace([more, second]);
  assert.deepEqual(allIn(table), [more, second]);
  assert.equal(table.length, 2);
  assert.equal(queue.length, MESSAGES.length - 1);
  assert.deepEqual(queue.head(1), [first]);
  assert.equal([...table][1]?.ends.messageTrace?.end, 'notFound');
  assert.deepEqual([...table.queue(() => true)], [more, second]);
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapUsed = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

test('a hundred thousand messages are no objects', (t) => {
  const before = heapUsed();
  const table = tableOf(t, []);
  for (let at = 0; at < 100_000; at += 1)
    table.add(wanted('vera', { messageId: `${at}.${at * at}@lb6pepf0000.contoso.example` }));
  const bytes = (heapUsed() - before) / 100_000;
  assert.ok(bytes < 10, `${bytes} bytes of the heap for each`);
  assert.equal(table.length, 100_000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageKey } from '../../source/domain/lookups/wanted-message.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

const idsOf = (keys: Iterable<MessageKey>): readonly unknown[] =>
  [...keys].map(({ internetMessageId: id }) => id?.split('@')[0]);

test('messages of sessions, or of malicious contexts, in the order of a list, as they are when walked', async (t) => {
  const { folder } = await caseOf(t, [
    bind({ id: 1, at: '2026-09-02T00:00:00', session: 'one', messages: ['b', 'a'] }),
    bind({ id: 2, at: '2026-09-01T00:00:00', session: 'two', messages: ['c'] }),
    bind({ id: 3, at: '2026-09-03T00:00:00', session: 'one', mailbox: 'otto', messages: ['a'] }),
  ]);
  const theCase = caseOn(t, folder);
  const session = [...theCase.sessions({})].find(({ sessionId }) => sessionId === 'one');
  assert.ok(session !== undefined);
  const listed = [...theCase.messages({ keys: [session.key] })];
  const keys = [...theCase.messageKeys([session.key])];
  assert.deepEqual(
    keys.map(({ mailbox, internetMessageId }) => [mailbox, internetMessageId]),
    listed.map(({ mailbox, internetMessageId }) => [mailbox, internetMessageId]),
  );
  assert.deepEqual(idsOf(keys), ['a', 'b', 'a']);
  assert.equal(keys[0]?.mailbox, keys[1]?.mailbox, 'one object');
  const malicious = theCase.messageKeys('malicious');
  assert.deepEqual(idsOf(malicious), []);
  theCase.judging.mark({
    verdict: 'malicious',
    sessions: [session.key],
    contexts: [],
    reason: null,
  });
  assert.deepEqual(idsOf(malicious), ['a', 'b', 'a']);
});

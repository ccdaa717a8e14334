import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../source/domain/exposure/message.ts';
import { withoutMetadata } from '../../source/console/words/messages.ts';
import { MESSAGES } from './hand-made-case.ts';

const untraced = (about: Partial<Message>): Message => {
  const [some] = MESSAGES;
  assert.ok(some);
  return { ...some, trace: null, unresolved: 'notLookedUp', ...about };
};

test('a row without metadata says why, and which message it is', () => {
  const message = untraced({ internetMessageId: 'abcdef@mail.fabrikam.example' });
  assert.equal(withoutMetadata(message, 80), 'not looked up <abcdef@mail.fabrikam.example>');
  assert.equal(withoutMetadata(message, 30), 'not looked up <abcdef@mail.f…>');
});

test('every reason leaves room for an id in the narrowest pane', () => {
  const reasons = ['notLookedUp', 'olderThanTrace', 'draftOrNeverSent', 'notFound', 'lookupFailed'];
  for (const unresolved of reasons) {
    const message = untraced({ unresolved: unresolved as Message['unresolved'] });
    assert.match(withoutMetadata(message, 30), /^\D+ <m1@fa.*…>$/);
  }
});

test('items without a message id are told apart by the end of their item id', () => {
  const shown = ['1', '2'].map((last) =>
    withoutMetadata(
      untraced({ internetMessageId: null, itemId: `${'RgAAAA'.repeat(20)}${last}` }),
      32,
    ),
  );
  assert.deepEqual(
    shown,
    ['1', '2'].map((last) => `no message id: …AAARgAAAARgAAAA${last}`),
  );
});

test('control characters of an id never reach the screen', () => {
  const message = untraced({ internetMessageId: '\u001b[2Jx@fabrikam.example' });
  assert.doesNotMatch(withoutMetadata(message, 60), /\u001b/);
});

import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isMessageFileName, messageFileName } from '../../../source/acquire/save/saved-folder.ts';

const IDENT = ['guid', '<a@x>', null, 'rest'];

test('whatever a sender writes, the name leads nowhere, is no device and is short', () => {
  const subjects = [
    '../../../.ssh/authorized_keys',
    'CON',
    'a\u202Egpj.exe',
    '\0',
    '-rf *',
    '~/x',
    '.',
    '',
  ];
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...subjects)),
      (subject) => {
        const name = messageFileName(IDENT, subject);
        assert.ok(isMessageFileName(name), name);
        assert.equal(basename(name), name);
        assert.equal(name.normalize('NFC'), name);
      },
    ),
    { numRuns: 500 },
  );
});

test('the hash alone tells files apart; of the subject there is as much as fits', () => {
  assert.match(
    messageFileName(IDENT, 'RE: Wire transfer (details), 50 % now!'),
    /^[0-9a-f]{16}-RE-Wire-transfer-details-50-now\.eml$/,
  );
  assert.match(messageFileName(IDENT, 'Überweisung 請求書'), /-Überweisung-請求書\.eml$/);
  assert.match(messageFileName(IDENT, null), /^[0-9a-f]{16}\.eml$/);
  assert.match(messageFileName(IDENT, 'x', 3), /-x-3\.eml$/);
  const hash = (ident: readonly (string | null)[]): string => messageFileName(ident, null);
  assert.notEqual(hash(['a', 'b']), hash(['ab', '']));
  assert.notEqual(hash(['a', null]), hash(['a', '']));
  assert.ok(messageFileName(IDENT, '請'.repeat(500)).length < 60);
});

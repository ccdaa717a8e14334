import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseMessageId, stated } from '../../../source/domain/records/stated.ts';

test('domain.md 5: "Not Available", "__NULL__" and the like are empty', () => {
  const empties = ['', ' ', '\r\n', 'Not Available', 'not available', '__NULL__', ' __null__ '];
  for (const empty of [...empties, 'N/A', '00000000-0000-0000-0000-000000000000', null, undefined])
    assert.equal(stated(empty), null, String(empty));
});

test('domain.md 5: anything else is stated, without surrounding space', () => {
  assert.equal(stated(' AM4PR01 (15.20)\r\n'), 'AM4PR01 (15.20)');
  assert.equal(stated('Not Available today'), 'Not Available today');
  assert.equal(stated('0'), '0');
  const long = '00000000-0000-0000-0000-000000000000'.repeat(3);
  assert.equal(stated(long), long);
});

test('domain.md 4: one pair of <> and surrounding space go, case and the rest stay', () => {
  assert.equal(normaliseMessageId(' <AbC=+x@Contoso.example>\r\n'), 'AbC=+x@Contoso.example');
  assert.equal(normaliseMessageId('AbC@x'), 'AbC@x');
  assert.equal(normaliseMessageId('<<a@x>>'), '<a@x>');
  assert.equal(normaliseMessageId('<a@x'), '<a@x');
  assert.equal(normaliseMessageId('< a@x >'), 'a@x');
  assert.equal(normaliseMessageId('<null>'), 'null');
});

test('domain.md 3 and 5: no id is null', () => {
  for (const raw of ['', '<>', '< >', 'Not Available', null, undefined])
    assert.equal(normaliseMessageId(raw), null, String(raw));
});

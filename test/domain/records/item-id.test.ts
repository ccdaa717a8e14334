import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { itemOfPart, itemPartId } from '../../../source/domain/lookups/batch-part.ts';
import { entryTextOf, itemIdOf, restIdOf } from '../../../source/domain/records/item-id.ts';

const GUID = '1a0b7c9e-2222-4333-8444-555566667777';

const auditId = (entry: Uint8Array, closing = 0x0f): string =>
  Buffer.from([entry.length, ...entry, closing]).toString('base64');

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('tenant.md 4.1: a REST id is head, GUID, length and entry id, URL-safe with its padding', () => {
  fc.assert(
    fc.property(bytes(70), (entry) => {
      const id = restIdOf(auditId(entry), GUID) ?? assert.fail();
      assert.match(id, /^[\w-]+={0,2}$/);
      const read = Buffer.from(id, 'base64url');
      assert.deepEqual([...read.subarray(0, 4)], [0, 3, 0x24, 0]);
      assert.equal(read.subarray(4, 40).toString('ascii'), GUID);
      assert.deepEqual([...read.subarray(40, 43)], [0, 70, 0]);
      assert.deepEqual(new Uint8Array(read.subarray(43)), entry);
      assert.equal(itemIdOf(id), auditId(entry));
    }),
  );
});

test('tenant.md 4.1: never worked out for immutable ids, folders, other texts or without a GUID', () => {
  const item = auditId(new Uint8Array(70).fill(7));
  assert.equal(restIdOf(auditId(new Uint8Array(46).fill(7)), GUID), null);
  assert.equal(restIdOf(item.slice(4), GUID), null);
  for (const id of ['', 'not base64!', 'Rg', '../../x']) assert.equal(restIdOf(id, GUID), null, id);
  for (const guid of ['', GUID.slice(1), `${GUID.slice(0, -1)}/`])
    assert.equal(restIdOf(item, guid), null, guid);
  assert.equal(itemIdOf(Buffer.from([0, 9, 0, 0x2e, 0]).toString('base64url')), null);
  assert.equal(itemIdOf('AAMkAA=='), null);
});

test('tenant.md 4.1: for translating, the entry id ends in the number of its pads', () => {
  assert.equal(entryTextOf(auditId(Uint8Array.of(0xfb, 0xff))), '-_81');
  assert.equal(entryTextOf(auditId(Uint8Array.of(1, 2, 3))), 'AQID0');
  assert.equal(entryTextOf(auditId(Uint8Array.of(1))), 'AQ2');
  assert.equal(entryTextOf('AgID'), null, 'its first byte is no length');
});

test('the part of a batch that asks for an item names it, whatever happens to the case of letters', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (itemId) => {
      assert.equal(itemOfPart(itemPartId(itemId)), itemId);
      assert.equal(itemOfPart(itemPartId(itemId).toUpperCase().replace('ITEM', 'item')), itemId);
    }),
  );
  for (const id of ['1', 'item-', 'item-zz', 'item-abc']) assert.equal(itemOfPart(id), null, id);
});

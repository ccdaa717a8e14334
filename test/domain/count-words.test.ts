import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingItemsWords, withoutIdToo } from '../../source/domain/count-words.ts';

test('items without an id stand beside those with one, and are never added up with them', () => {
  assert.equal(withoutIdToo(113, 3), '113 + 3 without id');
  assert.equal(withoutIdToo(0, 1200), '0 + 1,200 without id');
  assert.equal(withoutIdToo(1130, 0), '1,130');
});

const missing = (itemsMissing: number, itemsNamed: number, itemsDeclared: number): string | null =>
  missingItemsWords({ itemsMissing, itemsNamed, itemsDeclared });

test('records with items missing are said with what they name and declare', () => {
  assert.equal(missing(1, 2, 40), '1 malicious record names 2 of 40 items');
  assert.equal(missing(3, 7, 90), '3 malicious records name 7 of 90 items');
  assert.equal(missing(1, 0, 1), '1 malicious record names 0 of 1 item');
  assert.equal(missing(0, 0, 0), null);
});

test('of a Sync that lost its folder nothing is declared, and no number is made up', () => {
  assert.equal(missing(1, 0, 0), '1 malicious record does not name what was accessed');
  assert.equal(missing(2, 0, 0), '2 malicious records do not name what was accessed');
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { isNearStamp, readStamp, stampOf } from '../../../source/domain/verdicts/stamp.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const headOf = (number: number): string =>
  createHash('sha256').update(String(number)).digest('hex');

const fits = (typed: string): boolean => {
  const read = readStamp(typed);
  return 'stamp' in read && read.fits;
};

const withCharacter = (stamp: string, at: number, character: string): string =>
  `${stamp.slice(0, at)}${character}${stamp.slice(at + 1)}`;

test('a stamp is the first 95 bits of a head, in four groups, and a check character', () => {
  const head = `${'ff'.repeat(12)}${'00'.repeat(20)}`;
  assert.match(stampOf(head), /^ZZZZZ-ZZZZZ-ZZZZZ-ZZZZ[0-9A-Z]$/);
  assert.equal(stampOf('0'.repeat(64)), '00000-00000-00000-00000');
  assert.equal(stampOf(`1${'0'.repeat(63)}`).slice(0, 5), '20000');
  const many = new Set(Array.from({ length: 2000 }, (_, at) => stampOf(headOf(at))));
  assert.equal(many.size, 2000);
});

test('case, spaces, dashes, and O for 0, I or L for 1 do not matter', () => {
  for (let at = 0; at < 50; at++) {
    const stamp = stampOf(headOf(at));
    const typed = ` ${stamp.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o')}\t`
      .replace('1', 'I')
      .replaceAll('1', 'l');
    assert.deepEqual(readStamp(typed), { stamp, fits: true });
  }
});

test('every single wrong character, and any two that changed places, are found', () => {
  for (let number = 0; number < 5; number++) {
    const stamp = stampOf(headOf(number));
    const places = [...stamp].flatMap((one, at) => (one === '-' ? [] : [at]));
    for (const at of places)
      for (const character of ALPHABET) {
        const typed = withCharacter(stamp, at, character);
        assert.equal(fits(typed), typed === stamp, typed);
        if (typed !== stamp) assert.ok(isNearStamp(typed, stamp));
      }
    for (const at of places)
      for (const other of places) {
        const typed = withCharacter(
          withCharacter(stamp, at, stamp[other] ?? ''),
          other,
          stamp[at] ?? '',
        );
        assert.equal(fits(typed), typed === stamp, typed);
      }
  }
});

test('what is no stamp is said', () => {
  assert.deepEqual(readStamp('7K2MX'), {
    problem: 'a stamp has 20 characters, and this 5',
  });
  assert.match(JSON.stringify(readStamp(`${'0'.repeat(19)}U`)), /\\"U\\" is in no stamp/);
  assert.match(JSON.stringify(readStamp('')), /this 0/);
});

test('another stamp is not near', () => {
  assert.ok(!isNearStamp(stampOf(headOf(1)), stampOf(headOf(2))));
  assert.ok(!isNearStamp(stampOf(headOf(1)), stampOf(headOf(1))));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utcIso } from '../../source/domain/utc-time.ts';

test('domain.md 10: UTC with or without Z', () => {
  assert.equal(utcIso('2021-05-18T10:48:21'), '2021-05-18T10:48:21Z');
  assert.equal(utcIso('2021-05-18T10:48:21Z'), '2021-05-18T10:48:21Z');
  assert.equal(utcIso(' 2021-05-18 10:48:21 '), '2021-05-18T10:48:21Z');
  assert.equal(utcIso('2021-05-18T10:48'), '2021-05-18T10:48:00Z');
});

test('contract: fractions only where the source has them', () => {
  assert.equal(utcIso('2021-05-18T10:48:21.0000000Z'), '2021-05-18T10:48:21Z');
  assert.equal(utcIso('2021-03-23T10:00:09.3284899Z'), '2021-03-23T10:00:09.3284899Z');
  assert.equal(utcIso('2021-03-23T10:00:09.300'), '2021-03-23T10:00:09.3Z');
});

test('domain.md 10: an offset is taken off', () => {
  assert.equal(utcIso('2021-05-18T01:30:00+02:00'), '2021-05-17T23:30:00Z');
  assert.equal(utcIso('2021-12-31T20:00:00.25-0430'), '2022-01-01T00:30:00.25Z');
  assert.equal(utcIso('2021-05-18T01:30:00+00:00'), '2021-05-18T01:30:00Z');
});

test('domain.md 10: what is no proven UTC time is refused', () => {
  const refused = ['9/20/2023 4:05:03 AM', '2021-13-01T00:00:00', '2021-00-01T00:00:00', ''];
  refused.push('2021-02-29T00:00:00', '2021-04-31T00:00:00', '2021-01-01T24:00:00');
  refused.push('2021-01-01T00:60:00', '2021-01-01T00:00:60', '2021-01-01', '0001-01-01T00:00:00');
  refused.push('2021-01-01T00:00:00+15:00', '2021-01-01T00:00:00 PM', '1900-02-29T00:00:00Z');
  for (const raw of refused) assert.equal(utcIso(raw), null, raw);
  assert.equal(utcIso('2020-02-29T00:00:00'), '2020-02-29T00:00:00Z');
});

test('domain.md 10: agrees with the platform on every date', () => {
  const range = { min: new Date('1970-01-02T00:00:00Z'), max: new Date('2199-01-01T00:00:00Z') };
  fc.assert(
    fc.property(fc.date({ ...range, noInvalidDate: true }), (date) => {
      const whole = `${date.toISOString().slice(0, 19)}Z`;
      assert.equal(utcIso(whole), whole);
    }),
  );
});

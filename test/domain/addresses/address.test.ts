import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { networkOf, normaliseAddress } from '../../../source/domain/addresses/address.ts';

const fixture = new URL('../../fixtures/domain/address-spellings.json', import.meta.url);
const spellings: [string, string][] = JSON.parse(readFileSync(fixture, 'utf8'));

test('domain.md 9: every spelling of an address becomes the one, and the raw one is kept', () => {
  for (const [raw, address] of spellings)
    assert.deepEqual(normaliseAddress(raw), { address, raw }, raw);
});

test('domain.md 9: a normalised address stays as it is', () => {
  for (const [, address] of spellings)
    assert.equal(normaliseAddress(address).address, address, address);
});

test('domain.md 5 and 9: nothing stated is no address', () => {
  for (const raw of [null, undefined, '', '  ', 'Not Available', '__NULL__'])
    assert.deepEqual(normaliseAddress(raw), { address: null, raw: null });
  assert.deepEqual(normaliseAddress('[]:0'), { address: null, raw: '[]:0' });
});

test('domain.md 9: any IPv6 spelling gives what a URL parser makes of it', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.boolean(), (address, upper) => {
      fc.pre(isIPv6(address));
      const shown = normaliseAddress(upper ? address.toUpperCase() : address).address ?? '';
      const ofUrl = new URL(`http://[${address}]/`).hostname.slice(1, -1);
      if (/^::ffff:[\da-f]+:[\da-f]+$/.test(ofUrl)) assert.ok(isIPv4(shown), shown);
      else assert.equal(shown, ofUrl);
    }),
  );
});

test('domain.md 9: no text makes it throw, and the result is stable', () => {
  fc.assert(
    fc.property(fc.string(), (raw) => {
      const { address } = normaliseAddress(raw);
      if (address !== null && !/[[\]%:]/.test(raw))
        assert.equal(normaliseAddress(address).address, address);
    }),
  );
});

test('networks: /24 for IPv4, /64 for IPv6, none for a host name', () => {
  assert.equal(networkOf('203.0.113.77'), '203.0.113.0/24');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(networkOf('2001:db8::1'), '2001:db8::/64');
  assert.equal(networkOf('localhost'), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressMatches,
  readAddressRange,
} from '../../../source/domain/addresses/address-range.ts';
import {
  isServiceAddress,
  SERVICE_NETWORKS,
} from '../../../source/domain/addresses/service-address.ts';

test('contract: --ip takes an address in any spelling', () => {
  assert.ok(addressMatches('203.0.113.7', '203.0.113.7'));
  assert.ok(addressMatches('203.0.113.7', '[::ffff:203.0.113.7]:80'));
  assert.ok(addressMatches('2001:db8::1', '2001:DB8:0::1'));
  assert.ok(addressMatches('mail.contoso.example', 'MAIL.contoso.example'));
  assert.ok(!addressMatches('203.0.113.7', '203.0.113.70'));
  assert.ok(!addressMatches(null, '203.0.113.7'));
});

test('contract: --ip takes a CIDR, host bits and all', () => {
  assert.ok(addressMatches('10.1.2.3', '10.1.2.77/24'));
  assert.ok(!addressMatches('10.1.3.3', '10.1.2.0/24'));
  assert.ok(addressMatches('10.1.3.3', '10.1.2.0/23'));
  assert.ok(addressMatches('10.9.9.9', '::ffff:10.0.0.0/104'));
  assert.ok(addressMatches('10.1.2.3', '10.1.2.3/32'));
  assert.ok(addressMatches('255.255.255.255', '128.0.0.0/1'));
  assert.ok(addressMatches('2001:db8:ffff::9', '2001:db8::/32'));
  assert.ok(!addressMatches('2001:db9::9', '2001:db8::/32'));
});

test('contract: a network of one family never holds the other', () => {
  assert.ok(addressMatches('10.1.2.3', '0.0.0.0/0'));
  assert.ok(!addressMatches('2001:db8::1', '0.0.0.0/0'));
  assert.ok(addressMatches('2001:db8::1', '::/0'));
  assert.ok(!addressMatches('10.1.2.3', '::/0'));
  assert.ok(!addressMatches('localhost', '::/0'));
});

test('contract: what is no address or CIDR is said in words', () => {
  const problem = (text: string) => {
    const range = readAddressRange(text);
    return 'problem' in range ? range.problem : null;
  };
  assert.match(problem('10.0.0.0/33') ?? '', /from 0 to 32/);
  assert.match(problem('2001:db8::/129') ?? '', /from 0 to 128/);
  assert.match(problem('::ffff:1.2.3.4/24') ?? '', /from 96 to 128/);
  assert.match(problem('10.0.0.0/') ?? '', /from 0 to 32/);
  assert.match(problem('10.0.0/24') ?? '', /no IP address stands before/);
  assert.match(problem('/24') ?? '', /no IP address stands before/);
  assert.match(problem('10.0.0.*') ?? '', /is no IP address/);
  assert.match(problem('10.0.0') ?? '', /is no IP address/);
  assert.match(problem('2001:db8:::1') ?? '', /is no IP address/);
  assert.match(problem(' ') ?? '', /is needed/);
  assert.equal(problem('10.0.0.0/8'), null);
  const range = readAddressRange('10.1.2.77/24');
  assert.ok('of' in range && range.of === 'network' && range.cidr === '10.1.2.0/24');
});

test("domain.md 9: the service's own addresses are known as such", () => {
  for (const address of ['40.97.1.2', '52.99.255.255', '20.190.160.14', '40.126.0.1'])
    assert.ok(isServiceAddress(address), address);
  for (const address of ['2603:10a6:20b:1::9', '2a01:111:f400::1', '2620:1ec:4::152'])
    assert.ok(isServiceAddress(address), address);
  for (const address of ['203.0.113.7', '52.95.255.255', '52.104.0.0', '2a02:a441::1', 'localhost'])
    assert.ok(!isServiceAddress(address), address);
  assert.ok(!isServiceAddress(null));
});

test('domain.md 9: each listed network holds its own first address, written without host bits', () => {
  for (const network of SERVICE_NETWORKS) {
    const range = readAddressRange(network);
    assert.ok('of' in range && range.of === 'network' && range.cidr === network, network);
    assert.ok(isServiceAddress(network.slice(0, network.indexOf('/'))), network);
  }
});

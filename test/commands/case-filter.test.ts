import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseFilter } from '../../source/commands/case-filter.ts';
import { readCommandLine } from '../../source/commands/command-line.ts';
import { UsageError } from '../../source/commands/usage-error.ts';

const filter = (...argv: readonly string[]) => caseFilter(readCommandLine(argv, '0.1.0').flags);

test('times are UTC unless a zone is said; a date alone is its midnight', () => {
  assert.deepEqual(filter('--since', '2026-09-24', '--until', '2026-09-24T14:13:44+02:00'), {
    since: '2026-09-24T00:00:00Z',
    until: '2026-09-24T12:13:44Z',
  });
  assert.deepEqual(filter('--since', '2026-09-24 14:13'), { since: '2026-09-24T14:13:00Z' });
});

test('addresses are normalised, networks lose their host bits', () => {
  assert.deepEqual(filter('--ip', '[2001:DB8::1]:443'), { addresses: ['2001:db8::1'] });
  assert.deepEqual(filter('--ip', '10.1.2.3/24'), { addresses: ['10.1.2.0/24'] });
});

test('user, verdict and class pass as they are', () => {
  assert.deepEqual(filter('--user', 'Kim', '--verdict', 'undecided', '--class', 'open'), {
    users: ['Kim'],
    verdict: 'undecided',
    class: 'open',
  });
});

test('several values of a flag are kept; an application is an id or a name', () => {
  assert.deepEqual(
    filter('--ip', '10.1.2.3', '--ip', '10.1.2.0/24', '--mailbox', 'A@x', '--user', 'b'),
    {
      users: ['b'],
      addresses: ['10.1.2.3', '10.1.2.0/24'],
      mailboxes: ['A@x'],
    },
  );
  assert.deepEqual(filter('--app', 'D3590ED6-52B3-4102-AEFF-AAD2292AB01C', '--app', 'ews'), {
    apps: ['d3590ed6-52b3-4102-aeff-aad2292ab01c', 'fe93bfe1-7947-460a-a5e0-7a5906b51360'],
  });
});

const wrong: readonly (readonly string[])[] = [
  ['--since', 'yesterday'],
  ['--since', '2026-02-30'],
  ['--since', '24/09/2026'],
  ['--until', '2026-09-24T25:00'],
  ['--since', '2026-09-25', '--until', '2026-09-24'],
  ['--since', '2026-09-24', '--until', '2026-09-24'],
  ['--ip', '10.1.2.0/33'],
  ['--ip', '10.1.2.300'],
  ['--ip', '10.1.*'],
  ['--ip', 'garbage'],
  ['--ip', '203.0.113.7', '--ip', 'garbage'],
  ['--ip', 'garbage/24'],
  ['--ip', '10.1.2.0/'],
  ['--ip', '2001:db8::/129'],
  ['--app', 'garbage'],
  ['--app', '00000000-0000-0000-0000-00000000000'],
];

for (const argv of wrong)
  test(`wrong usage: ${argv.join(' ')}`, () => {
    assert.throws(() => filter(...argv), UsageError);
  });

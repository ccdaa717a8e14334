import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AskedWindow,
  holesOf,
  readTraffic,
  rangesOf,
} from '../../../source/acquire/lookup/traffic-halves.ts';

const day = (number: number): string => `2026-09-${String(number).padStart(2, '0')}T00:00:00Z`;

const window = (from: number, to: number, change: Partial<AskedWindow> = {}): AskedWindow => ({
  ...{ address: 'vera@contoso.example', direction: 'received' as const },
  ...{ from: day(from), to: day(to), rows: 5, problem: null, at: '2026-09-30T09:00:00Z' },
  ...change,
});

test('windows that meet are one range; another address or direction is another', () => {
  const asked = [
    window(11, 21),
    window(1, 11, { rows: 2 }),
    window(22, 23),
    window(1, 11, { direction: 'sent' }),
    window(1, 11, { address: 'anna@contoso.example' }),
  ];
  assert.deepEqual(
    rangesOf(asked).map(({ address, direction, from, to, rows }) => [
      ...[address.slice(0, 4), direction, from.slice(8, 10), to.slice(8, 10), rows],
    ]),
    [
      ['anna', 'received', '01', '11', 5],
      ['vera', 'received', '01', '21', 7],
      ['vera', 'received', '22', '23', 5],
      ['vera', 'sent', '01', '11', 5],
    ],
  );
});

test('a window that broke is a hole until all of it was had; before that its address was not read whole', () => {
  const broken = window(11, 21, { problem: 'HTTP 500', rows: 3 });
  const around = [
    window(21, 25),
    window(1, 11),
    window(1, 25, { address: 'anna@contoso.example' }),
  ];
  const asked = [broken, ...around];
  assert.deepEqual(holesOf(asked), [
    {
      ...{ address: 'vera@contoso.example', direction: 'received', why: 'HTTP 500' },
      ...{ from: day(11), to: day(21), filled: false },
    },
  ]);
  assert.deepEqual(readTraffic(asked).traffic, {
    addresses: ['anna@contoso.example'],
    from: day(1),
  });
  const half = [...asked, window(11, 16)];
  assert.equal(holesOf(half)[0]?.filled, false);
  const sent = [...half, window(15, 21, { direction: 'sent' })];
  assert.equal(holesOf(sent)[0]?.filled, false);
  const all = [...half, window(15, 22)];
  assert.equal(holesOf(all)[0]?.filled, true);
  assert.deepEqual(readTraffic(all).traffic?.addresses, [
    'anna@contoso.example',
    'vera@contoso.example',
  ]);
  assert.equal(rangesOf(all).length, 2, 'and what was asked for anew closes the gap');
});

test('rows may come late since six hours before the first of it was read; of nothing nothing is said', () => {
  const asked = [window(11, 21, { at: '2026-09-30T10:00:00Z' }), window(1, 11)];
  assert.equal(readTraffic(asked).lateSince, '2026-09-30T03:00:00Z');
  assert.deepEqual(readTraffic([]), { traffic: null, lateSince: null });
});

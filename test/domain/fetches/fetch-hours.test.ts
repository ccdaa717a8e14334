import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyHours, hourOf } from '../../../source/domain/fetches/fetch-status.ts';

test('hours without a record are counted, and their longest ranges named', () => {
  const period = { from: '2026-09-01T00:30:00Z', to: '2026-09-01T06:10:00Z' };
  const seen = new Set(['2026-09-01T01:59:59Z', '2026-09-01T05:00:00Z'].map(hourOf));
  assert.deepEqual(emptyHours(period, seen), {
    hours: 5,
    of: 7,
    longest: [
      { from: '2026-09-01T00:00:00Z', to: '2026-09-01T01:00:00Z' },
      { from: '2026-09-01T02:00:00Z', to: '2026-09-01T05:00:00Z' },
      { from: '2026-09-01T06:00:00Z', to: '2026-09-01T07:00:00Z' },
    ],
  });
  assert.equal(emptyHours({ from: period.to, to: period.from }, seen).of, 0);
});

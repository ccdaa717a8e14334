import assert from 'node:assert/strict';
import { test } from 'node:test';
import { megabytes } from '../../source/commands/progress-line.ts';

test('an amount is never shown as nothing', () => {
  assert.deepEqual([0, 1, 33_400, 99_999, 100_000, 97_735_837].map(megabytes), [
    '0 kB',
    '1 kB',
    '34 kB',
    '100 kB',
    '0.1 MB',
    '97.7 MB',
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionFacts } from '../../source/console/words/details.ts';
import { session } from './hand-made-case.ts';

test('details of a session show the ids beside its own, and who shares them', () => {
  const jobEvent = sessionFacts({
    ...session('s01'),
    otherSessionIds: ['aad-one', 'aad\u001b[2J'],
    kin: ['a64e0e4cb2a920c0'],
  }).map((fact) => fact.join(' '));
  const at = jobEvent.findIndex((fact) => fact.startsWith('other ids'));
  assert.deepEqual(jobEvent.slice(at, at + 3), [
    'other ids aad-one',
    ' aad\\x1b[2J',
    'shares ids with a64e0e4cb2a920c0',
  ]);
  const plain = sessionFacts(session('s01')).map(([name]) => name);
  assert.ok(!plain.includes('other id') && !plain.includes('shares ids with'));
});

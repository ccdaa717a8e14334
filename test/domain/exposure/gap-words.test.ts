import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gap } from '../../../source/domain/exposure/exposure.ts';
import { gapMeaning } from '../../../source/domain/exposure/exposure-words.ts';

const gap = (meets: Gap['meets'], rebutted = false): Gap => ({
  from: '2026-09-24T00:00:00Z',
  to: '2026-09-25T00:00:00Z',
  kind: 'throttled',
  matters: meets !== null,
  meets,
  rebutted,
});

test('what a gap means is said by what it meets', () => {
  assert.equal(
    gapMeaning(gap('maliciousActivity')),
    'overlaps malicious activity: all mail of this mailbox cannot be excluded',
  );
  assert.equal(
    gapMeaning(gap('accessWindow')),
    'overlaps the access window: all mail of this mailbox cannot be excluded',
  );
  assert.equal(gapMeaning(gap(null)), 'no recorded malicious activity nearby so far');
  assert.equal(gapMeaning(gap('maliciousActivity', true)), 'rebutted');
});

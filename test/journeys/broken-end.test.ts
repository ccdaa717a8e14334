import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('a case that lost the end of its decisions opens, and says so until Esc', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('m', 'm');
  const log = join(mia.folder, 'decisions.jsonl');
  const [first = ''] = readFileSync(log, 'utf8').split('\n');
  await mia.console.close();
  writeFileSync(log, `${first}\n`);
  const { folder, evidence } = mia;
  const again = await openJourney(t, { folder, evidence });
  assert.match(again.frame(), /decisions\.head says 2: 1 decision/);
  await again.press('j');
  assert.match(again.frame(), /decisions\.head says 2: 1 decision/);
  await again.press('escape');
  assert.doesNotMatch(again.frame(), /decisions\.head/);
  await again.press('m');
  assert.equal(readFileSync(log, 'utf8').trimEnd().split('\n').length, 2);
});

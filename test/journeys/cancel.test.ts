import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('Ctrl-C cancels an import: it ends once, and the console goes on', async (t) => {
  const mia = await openJourney(t, undefined, ['trace']);
  mia.console.press('o');
  mia.console.paste(`"${mia.evidence.audit}"`);
  mia.console.press('enter');
  assert.match(mia.frame(), /importing/);
  mia.console.press('ctrl-c');
  await mia.console.idle();
  assert.equal(mia.console.state().job, null);
  const { rows } = mia.console.state().overview ?? assert.fail();
  const cancelled = /the import was cancelled/.test(mia.status());
  assert.equal(rows.accepted, cancelled ? 0 : 6, 'all of it or nothing of it');
  await mia.importFiles(mia.evidence.audit);
  assert.match(mia.frame(), /Sessions 4/);
});

test('closing while an import runs waits for it, and leaves nothing half-imported', async (t) => {
  const mia = await openJourney(t);
  mia.console.press('o');
  mia.console.paste(`"${mia.evidence.audit}"`);
  mia.console.press('enter');
  mia.console.press('q');
  mia.console.press('y');
  await mia.console.left;
  await mia.console.close();
  const again = await openJourney(t, mia);
  const { rows } = again.console.state().overview ?? assert.fail();
  assert.ok(rows.accepted === 0 || rows.accepted === 6, `${rows.accepted} of 6 rows`);
});

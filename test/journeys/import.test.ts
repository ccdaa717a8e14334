import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('an empty case says what to do; an import fills it and tells the outcome of every row', async (t) => {
  const mia = await openJourney(t);
  assert.match(mia.frame(), /Nothing imported yet/);

  await mia.importFiles(mia.evidence.audit, mia.evidence.trace);
  assert.equal(mia.status(), 'imported 2 files; 8 rows: 8 accepted');
  assert.match(mia.frame(), /Sessions 4, newest first/);
  assert.match(
    mia.line(' 09-24 14:10'),
    /^· 09-24 14:10 +g\.jacobs@ +Outlook web +95\.96\.75\.118/,
  );
  assert.match(mia.frame(), /0 malicious {2}0 benign {2}4 open/);

  await mia.importFiles(mia.evidence.audit);
  assert.match(mia.status(), /^imported 1 file, 1 in the case already; 6 rows: 6 duplicate$/);
  assert.match(mia.frame(), /Sessions 4, newest first/);
});

test('what is no log is refused with a reason that stays until Esc, and the others are taken', async (t) => {
  const mia = await openJourney(t);
  await mia.importFiles(mia.evidence.picture, mia.evidence.audit);
  assert.match(mia.status(), /^! .*screenshot\.png/);
  assert.match(mia.frame(), /Sessions 4, newest first/);
  await mia.press('escape');
  assert.match(mia.status(), /^imported 1 file; 6 rows: 6 accepted/);
});

test('Tab completes a path with spaces', async (t) => {
  const mia = await openJourney(t);
  await mia.press('o');
  mia.console.paste(mia.evidence.audit.replace(/logs of.*/, 'logs'));
  await mia.press('tab');
  assert.match(mia.footer(), /logs\\ of\\ g\.jacobs\/_$/);
  await mia.press('tab');
  assert.equal(mia.status(), 'audit.ndjson  later.ndjson  screenshot.png  trace.csv');
  await mia.type('au');
  await mia.press('tab', 'enter');
  assert.match(mia.status(), /^imported 1 file; 6 rows/);
});

test('files named on the command line are imported while one works', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  assert.equal(mia.status(), 'imported 2 files; 8 rows: 8 accepted');
});

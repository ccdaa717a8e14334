import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

/** A frame without its status line and footer. */
const panes = (frame: string): string => frame.split('\n').slice(0, -3).join('\n');

test('down to the raw record and back to exactly where one was', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j');
  const sessions = mia.frame();
  await mia.press('enter');
  assert.match(mia.frame(), /2 contexts/);
  const contexts = mia.frame();
  await mia.press('enter');
  assert.match(mia.frame(), /Records of g\.jacobs@contoso\.example from .*, 1, by time/);
  await mia.press('enter');
  assert.match(mia.line('SHA-256'), /^line [45] of .*audit\.ndjson/);
  assert.match(mia.frame(), /"Operation": "MailItemsAccessed"/);

  await mia.press('y');
  const rows = readFileSync(mia.evidence.audit, 'utf8').split('\n');
  assert.ok(rows.includes(mia.copied[0] ?? ''), 'the row, byte for byte');

  await mia.press('escape', 'escape');
  assert.equal(panes(mia.frame()), panes(contexts));
  await mia.press('escape');
  assert.equal(panes(mia.frame()), panes(sessions));
});

test('fuzzy search finds a subject with a slip of the finger', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j', 'j', 'tab');
  assert.match(mia.frame(), /Messages of 1 session, 3/);
  await mia.press('/');
  await mia.type('wire tranfer');
  assert.match(mia.frame(), /Messages of 1 session, 1, all traced, matching "wire tranfer"/);
  assert.match(mia.line('RE: Wire transfer'), /anna@fabrikam\.example/);
  await mia.press('escape');
  assert.match(mia.frame(), /Messages of 1 session, 3/);
});

test('a filter narrows both panes and says so', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('x', 'a', 'ctrl-u');
  await mia.type('95.96.0.0/16');
  await mia.press('enter');
  assert.match(mia.frame(), /Sessions 2, newest first, address 95\.96\.0\.0\/16/);
  assert.match(mia.frame(), /Messages of 1 session, 1, none traced, address 95\.96\.0\.0\/16/);
  await mia.press('X');
  assert.match(mia.frame(), /Sessions 4, newest first ━/);
});

test('all malicious messages, each with its metadata or the reason it has none', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j', 'j', 'm', 'w');
  assert.match(mia.frame(), /Messages of all malicious contexts, 3/);
  assert.match(mia.line('Salary review'), /^C .*hr@contoso\.example/);
  assert.match(mia.line('not looked up'), /^C /);
});

test('the raw record of a message is one key away', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('tab', 'r', 'G');
  assert.match(mia.frame(), /"InternetMessageId": "<lunch@fabrikam.example>"/);
});

test('what is typed before the case is open is done once it is, and nothing is judged blind', async (t) => {
  const first = await openJourney(t, undefined, ['audit']);
  const asked = ['/', ...'jacobs', 'enter', 'G', 'enter'];
  const early = await openJourney(t, first, [], {}, asked);
  const late = await openJourney(t, first);
  await late.press(...asked);
  assert.equal(early.frame(), late.frame());
  const blind = await openJourney(t, first, [], {}, ['j', 'm', 'j']);
  assert.match(blind.status(), /^m and 1 key behind it were not done/);
  assert.match(blind.frame(), /0 malicious/);
});

test('behind ? a help topic is chosen, read to its end and left, and nothing else has moved', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j');
  const before = mia.frame();
  await mia.press('?', 'tab');
  assert.match(mia.line('> '), /topic +changes/);
  await mia.type('numbers');
  await mia.press('tab', 'enter');
  assert.match(mia.frame(), /Help: numbers, lines 1 to \d+ of (\d+)/);
  await mia.press('pageDown', 'G');
  assert.match(mia.frame(), /Help: numbers, lines \d+ to (\d+) of \1 /);
  mia.resize({ columns: 160, rows: 48 });
  assert.match(mia.frame(), /Help: numbers, lines \d+ to (\d+) of \1 /);
  mia.resize({ columns: 80, rows: 24 });
  await mia.press('escape');
  assert.match(mia.frame(), /find: numbers/);
  await mia.press('escape');
  assert.equal(mia.frame(), before);
});

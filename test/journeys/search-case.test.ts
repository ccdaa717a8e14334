import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('K finds messages and sessions of the whole case, whatever is filtered or selected', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('space', 'x', 'v', 'm', 'tab', 'K');
  await mia.type('wire');
  assert.match(mia.frame(), /Messages 1 /);
  assert.match(mia.line('> '), /RE: Wire transfer/);
  await mia.press('ctrl-u');
  await mia.type('95.96');
  assert.doesNotMatch(mia.frame(), /Messages \d/);
  assert.match(mia.frame(), /Sessions 2 /);
  await mia.press('ctrl-u');
  await mia.type('no such thing');
  assert.match(mia.frame(), /Nothing in the case matches/);
  await mia.press('escape');
  assert.equal(mia.console.state().dialog, null);
  assert.equal(mia.console.state().selection.sessions.size, 1);
  assert.equal(mia.console.state().filter.verdict, 'malicious');
});

test('a message that was found lists who touched it, by which verdict, and when', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  mia.resize({ columns: 160, rows: 48 });
  await mia.press('G', 'm', 'g', 'K');
  await mia.type('agenda');
  await mia.press('enter');
  const first = mia.line('touched by');
  assert.match(
    first,
    /touched by +M malicious, 2026-09-23 08:00:00 UTC, g\.jacobs@contoso\.example from 77\.174\.28\.9/,
  );
  assert.match(mia.frame(), /· open, 2026-09-24 15:00:00 UTC, g\.jacobs@contoso\.example/);
  await mia.press('escape');
  assert.match(mia.frame(), /find: agenda/);
  await mia.press('escape', 'K');
  await mia.type('wire');
  assert.match(mia.frame(), /find: wire/, 'what is typed replaces the earlier text');
});

test('the details of a message list its sessions, and follow a decision', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  mia.resize({ columns: 160, rows: 48 });
  await mia.press('j', 'j', 'tab');
  assert.match(mia.line('touched by'), /· open, 2026-09-24 14:10:00 UTC/);
  await mia.press('shift-tab', 'm', 'k', 'tab');
  assert.match(mia.line('touched by'), /M malicious/);
});

test('Enter on a session that was found goes to it, and takes a filter away that hides it', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('K');
  await mia.type('owner-1');
  await mia.press('enter');
  assert.match(mia.line('> '), /09-23 08:00/);
  assert.equal(mia.console.state().dialog, null);
  await mia.press('x', 'v', 'm');
  assert.match(mia.frame(), /No session matches/);
  await mia.press('tab', 'K', 'enter');
  assert.match(
    mia.status(),
    /^the filter of the sessions hid this one and is gone; X brings the filter back/,
  );
  assert.match(mia.line('> '), /09-23 08:00/);
  assert.deepEqual(mia.console.state().filter, {});
});

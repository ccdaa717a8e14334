import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('mark, see the exposure move, undo, redo', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j', 'j');
  assert.match(mia.line('> ·'), /09-24 14:10/);
  await mia.press('n');
  await mia.type('address of the phish');
  await mia.press('enter', 'm');
  assert.match(
    mia.console.state().status?.text ?? '',
    /^g\.jacobs@ from 95\.96\.75\.118: malicious\. \+3 confirmed messages; same address: 1 more open context \(A\)/,
  );
  assert.match(mia.frame(), /1 malicious {2}0 benign {2}3 open/);
  assert.match(mia.line('messages confirmed'), /^3 messages confirmed/);

  await mia.press('z');
  assert.match(mia.status(), /^undone: .*-3 confirmed messages \(Z redoes it\)/);
  assert.match(mia.line('messages confirmed'), /^0 messages confirmed/);
  await mia.press('Z');
  assert.match(mia.status(), /^done again: .*\+3 confirmed messages/);
  await mia.press('z', 'z');
  assert.equal(mia.status(), 'nothing of this console to undo');
});

test('all contexts from one address: a shared session becomes half malicious', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('j', 'j', 'A');
  assert.match(
    mia.footer(),
    /^95\.96\.75\.118: 2 contexts in 2 sessions, 4 messages\. Select them\?/,
  );
  await mia.press('y', 'm');
  assert.match(mia.line('09-24 15:30'), /^± /);
  assert.match(mia.line('09-24 14:10'), /M /);
  assert.match(mia.line('messages confirmed'), /^4 messages confirmed/);
  await mia.press('k', 'enter');
  assert.match(mia.line('95.96.75.118 '), /M /);
  assert.match(mia.line('77.174.28.9 '), /· /);
});

test('a benign session that has grown is open again, and one key affirms it', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('G');
  assert.match(mia.line('> ·'), /09-23 08:00/);
  await mia.press('b');
  assert.match(mia.line('09-23 08:00'), /B /);
  await mia.importFiles(mia.evidence.later);
  assert.match(mia.line('09-23 08:30'), /· .*\+1/);
  await mia.press('G', 'b');
  assert.match(mia.line('09-23 08:30'), /B /);
  assert.doesNotMatch(mia.line('09-23 08:30'), /\+1/);
});

test('a range of sessions is judged with one key', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('v', 'j', 'j', 'b');
  assert.match(mia.frame(), /0 malicious {2}3 benign {2}1 open/);
});

test('a gap presumes the mailbox whole until it is rebutted with a reason', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'later']);
  await mia.press('j', 'j', 'm');
  assert.match(mia.frame(), /1 mailbox presumed whole \(Sync, gap\)/);
  await mia.press('shift-tab', 'j', 'j');
  assert.match(mia.line('24 h throttled'), /matters$/);
  await mia.press('b');
  await mia.type('on hold, nothing was lost');
  await mia.press('enter');
  assert.match(mia.status(), /^gap rebutted/);
  assert.match(mia.frame(), /1 mailbox presumed whole \(Sync\)/);
  await mia.press('u');
  assert.match(mia.frame(), /1 mailbox presumed whole \(Sync, gap\)/);
});

test('the access window is stated, shown and taken away again', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('W');
  await mia.type('2026-09-24 2026-09-25');
  await mia.press('enter');
  assert.match(mia.frame(), /access window 2026-09-24 00:00 – 2026-09-25 00:00/);
  await mia.press('z');
  assert.match(mia.frame(), /access window not set/);
});

test('two consoles on one case: each sees the other’s decision', async (t) => {
  const first = await openJourney(t, undefined, ['audit']);
  const second = await openJourney(t, first);
  const seen = new Promise<void>((resolve) => {
    const done = second.console.subscribe(() => {
      if (!second.frame().includes('1 malicious')) return;
      done();
      resolve();
    });
  });
  await first.press('m');
  await seen;
  assert.match(second.frame(), /1 malicious {2}0 benign {2}3 open/);
});

test('the list of all malicious contexts holds what was judged last, and nothing once it is undone', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('m', 'w', 'm');
  assert.match(mia.frame(), /2 malicious {2}0 benign {2}2 open/);
  assert.match(mia.line('Messages of all malicious'), /Messages of all malicious contexts, 3/);
  await mia.press('w', 'w');
  assert.match(mia.line('Messages of all malicious'), /Messages of all malicious contexts, 3/);
  await mia.press('z', 'z');
  assert.match(mia.line('Messages of all malicious'), /Messages of all malicious contexts, 0/);
});

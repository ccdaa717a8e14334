import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asLog } from './agreeing-evidence.ts';
import { openJourney } from './journey.ts';

interface MarkLine {
  readonly reason: string | null;
  readonly targets: readonly { readonly whole: boolean; readonly contexts: readonly unknown[] }[];
}

const decisionsOf = (folder: string): readonly MarkLine[] => {
  const path = join(folder, 'decisions.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line) as MarkLine);
};

const manySessions = (count: number): string =>
  asLog(
    Array.from({ length: count }, (_, number) => ({
      id: `f00d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      time: `2026-09-24T10:${String(number).padStart(2, '0')}:00`,
      session: `session-${number}`,
      mailbox: 'a1b2c3d4-0000-4000-8000-000000000001',
      owner: 'jacobs@contoso.example',
      user: 'jacobs@contoso.example',
      address: '203.0.113.7',
      client: 'Client=OWA;Mozilla/5.0',
      messages: [`m${number}@fabrikam.example`],
    })),
  );

test('mark, see the exposure move, undo, redo', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j', 'j');
  assert.match(mia.line('> ·'), /09-24 14:10/);
  await mia.press('n');
  await mia.type('address of the phish');
  await mia.press('enter', 'm');
  assert.match(
    mia.console.state().status?.text ?? '',
    /^g\.jacobs@ from 95\.96\.75\.118: malicious; \+3 confirmed messages; same address: 1 more open context \(A\)/,
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
  // One of them came from two addresses: each of its contexts is asked for.
  await mia.press('y', 'y');
  assert.match(mia.frame(), /0 malicious {2}3 benign {2}1 open/);
});

test('a gap presumes the mailbox whole until it is rebutted with a reason', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'later']);
  await mia.press('j', 'j', 'm');
  assert.match(mia.frame(), /1 mailbox presumed whole \(Sync, gap\)/);
  await mia.press('shift-tab', 'j', 'j');
  assert.match(mia.line('24 h throttled'), /throttled, overlaps malicious activity$/);
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

test('a benign verdict on a session of two addresses asks for each context, and judges what was affirmed', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('j', 'n');
  await mia.type('her own laptop');
  await mia.press('enter', 'b');
  assert.match(mia.status(), /1 of 2 \(0 affirmed\): 77\.174\.28\.9; 1 record, now open/);
  assert.match(mia.footer(), /^77\.174\.28\.9 benign: +y benign +n leave +Esc stop/);
  await mia.press('y');
  assert.match(mia.status(), /2 of 2 \(1 affirmed\): 95\.96\.75\.118; 1 record, now open/);
  await mia.press('j');
  assert.match(mia.status(), /2 of 2/, 'no other key answers');
  await mia.press('n');
  assert.match(mia.status(), /1 context affirmed and 1 left: benign/);
  assert.match(mia.line('09-24 15:30'), /^± /);
  const [decision, ...more] = decisionsOf(mia.folder);
  assert.deepEqual([more.length, decision?.reason], [0, 'her own laptop']);
  assert.deepEqual(
    decision?.targets.map(({ whole, contexts }) => [whole, contexts.length]),
    [[false, 1]],
  );
});

test('stopping at once judges nothing, and the reason waits on', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('j', 'n');
  await mia.type('hers');
  await mia.press('enter', 'b', 'n', 'escape');
  assert.match(mia.status(), /^nothing was judged/);
  assert.equal(mia.console.state().reason, 'hers');
  assert.match(mia.line('> '), /09-24 15:30/, 'the cursor is on the row that was asked about');
  assert.deepEqual(decisionsOf(mia.folder), []);
});

test('a benign verdict asks first, in numbers, where a session is partly malicious', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('j', 'j', 'A', 'y', 'm', 'k', 'b');
  const question = `${mia.status()} ${mia.footer()}`;
  assert.match(question, /2 contexts in 1 session, now 1 malicious, 1 open/);
  assert.match(question, /Judge benign, 2 contexts one by one\?/);
  await mia.press('n');
  assert.equal(decisionsOf(mia.folder).length, 1);
  await mia.press('b', 'y', 'y', 'y');
  assert.match(mia.line('09-24 15:30'), /^B /);
});

test('a verdict on more than twenty sessions asks first, whichever it is, and n keeps the selection', async (t) => {
  const mia = await openJourney(t);
  const many = join(mia.folder, '..', 'many.ndjson');
  writeFileSync(many, manySessions(21));
  await mia.importFiles(many);
  for (const [key, verdict] of [
    ['m', 'malicious'],
    ['b', 'benign'],
    ['u', 'open again'],
  ] as const) {
    await mia.press('g', 'v', 'G', 'space', key);
    assert.match(
      `${mia.status()} ${mia.footer()}`,
      new RegExp(`21 contexts in 21 sessions, now .*Judge ${verdict}\\?`),
    );
    await mia.press('n');
    assert.equal(mia.console.state().selection.sessions.size, 21);
    await mia.press(key, 'y');
    assert.equal(mia.console.state().dialog, null);
    assert.equal(mia.console.state().selection.sessions.size, 0);
  }
  assert.equal(decisionsOf(mia.folder).length, 3);
  await mia.press('g', 'v', 'G', 'k', 'space', 'm');
  assert.equal(decisionsOf(mia.folder).length, 4, 'twenty do not');
});

test('a session that is malicious as a whole is judged benign without a question', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  await mia.press('m', 'k', 'b');
  assert.match(mia.frame(), /0 malicious {2}1 benign {2}3 open/);
});

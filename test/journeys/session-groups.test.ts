import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { asLog } from './agreeing-evidence.ts';
import { openJourney, type Journey } from './journey.ts';
import type { PlainRecord } from './plain-case.ts';

const MAILBOX = 'a1b2c3d4-0000-4000-8000-000000000001';

const record = (number: number, over: Partial<PlainRecord>): PlainRecord => ({
  id: `f00d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  time: `2026-09-24T10:${String(number).padStart(2, '0')}:00`,
  session: null,
  mailbox: MAILBOX,
  owner: 'jacobs@contoso.example',
  user: 'jacobs@contoso.example',
  address: `52.98.1.${number}`,
  client: 'Client=REST;;',
  messages: [`m${number}@fabrikam.example`],
  ...over,
});

/** An application behind five of the service's addresses, one of another client, one from elsewhere, and a sign-in. */
const LOG = [
  ...[1, 2, 3, 4, 5].map((number) => record(number, {})),
  record(6, { client: 'Client=OWA;other' }),
  record(7, { address: '203.0.113.7' }),
  record(8, { session: 'with-an-id', address: '52.98.1.1' }),
];

const LATER = [record(9, {})];

const onLog = async (t: TestContext): Promise<Journey> => {
  const mia = await openJourney(t);
  const path = join(mia.folder, '..', 'log.ndjson');
  writeFileSync(path, asLog(LOG));
  await mia.importFiles(path);
  return mia;
};

const marksOf = (folder: string) =>
  readFileSync(join(folder, 'decisions.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { verdict: string; targets: { whole: boolean }[] });

test('sessions behind the service’s own addresses have one line, which opens and closes', async (t) => {
  const mia = await onLog(t);
  assert.match(mia.line('Sessions'), /Sessions 8 in 4 lines, newest first/);
  assert.match(mia.frame(), /0 malicious {2}0 benign {2}8 open/);
  await mia.press('G');
  assert.match(mia.line('> '), /5 addresses .*5 \? \(5\)$/);
  assert.match(mia.line('Messages of'), /Messages of 5 sessions, 5,/);
  await mia.press('enter');
  assert.match(mia.line('Sessions'), /Sessions 5 of jacobs@.*, behind the service/);
  assert.match(mia.line('> '), /52\.98\.1\.5/);
  await mia.press('enter', 'escape', 'escape');
  assert.match(mia.line('> '), /\(5\)$/, 'back on the line it came from');
});

test('a verdict on the line asks first, is one decision, and covers the sessions existing now', async (t) => {
  const mia = await onLog(t);
  await mia.press('G', 'm');
  assert.match(
    `${mia.status()} ${mia.footer()}`,
    /5 sessions: 5 contexts in 5 sessions, now 5 open\. Judge malicious\?/,
  );
  await mia.press('n');
  assert.match(mia.frame(), /0 malicious {2}0 benign {2}8 open/);
  await mia.press('escape', 'G', 'm', 'y');
  assert.match(mia.frame(), /5 malicious {2}0 benign {2}3 open/);
  const [decision, ...more] = marksOf(mia.folder);
  assert.deepEqual([decision?.targets.length, more.length], [5, 0]);
  const later = join(mia.folder, '..', 'later.ndjson');
  writeFileSync(later, asLog(LATER));
  await mia.importFiles(later);
  assert.match(mia.frame(), /5 malicious {2}0 benign {2}4 open/, 'a session that came is open');
  assert.match(mia.line('(6)'), /^. ±/);
  await mia.press('z');
  assert.match(mia.frame(), /0 malicious {2}0 benign {2}9 open/);
});

test('the line is selected with all its sessions, and taken out again', async (t) => {
  const mia = await onLog(t);
  await mia.press('G', 'space');
  assert.equal(mia.console.state().selection.sessions.size, 5);
  await mia.press('G', 'space');
  assert.equal(mia.console.state().selection.sessions.size, 0);
  await mia.press('g', 'v', 'G', 'space');
  assert.equal(mia.console.state().selection.sessions.size, 8);
});

test('a search finds sessions within a line, and goes to one by opening it', async (t) => {
  const mia = await onLog(t);
  await mia.press('/');
  await mia.type('52.98.1.4');
  await mia.press('enter');
  assert.match(mia.line('Sessions'), /Sessions 1/);
  assert.match(mia.line('> '), /52\.98\.1\.4 /);
  await mia.press('escape', 'K');
  await mia.type('52.98.1.3');
  await mia.press('enter');
  assert.match(mia.line('Sessions'), /Sessions 5 of jacobs@/);
  assert.match(mia.line('> '), /52\.98\.1\.3 /);
  await mia.press('escape');
  assert.match(mia.line('> '), /\(5\)$/);
});

test('details of a session say what came under its malicious verdict later', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  mia.resize({ columns: 160, rows: 48 });
  await mia.press('j', 'j', 'm');
  await mia.importFiles(mia.evidence.later);
  await mia.press('g', 'j', 'j');
  assert.match(mia.frame(), /by rule +2 records came after the malicious verdict: by rule,/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bind, INTRUDER, sync } from '../case/made-records.ts';
import { caseOf } from '../case/on-case.ts';
import { runMia } from './run-mia.ts';

const ROWS = [
  bind({ id: 1, session: 'good', messages: ['inbox'] }),
  bind({ id: 2, session: 'good', folder: '\\Sent', messages: ['sent'] }),
  sync({ id: 3, session: 'evil', address: INTRUDER, folder: 'Inbox' }),
];

const VERA = 'vera@contoso.example';

test('containment is stated, undone by --clear, and never without a time', async (t) => {
  const { folder } = await caseOf(t, ROWS);
  const mia = (...words: string[]) => runMia([...words, '--case', folder]);
  const nothing = await mia('contain');
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /No time was given/);
  const both = await mia('contain', '--clear', '--rules', '2026-09-25');
  assert.equal(both.code, 2);
  const stated = await mia('contain', '--sessions', '2026-09-25T09:00', '--by', 'IT');
  assert.equal(stated.stdout, 'Containment of the case: sessions 2026-09-25T09:00:00Z, by IT.\n');
  const after = async () =>
    JSON.parse((await mia('summary', '--json')).stdout).mailboxes[0].receivedAfterLastAttributed;
  assert.equal(await after(), 0);
  await mia('contain', '--clear');
  assert.equal(await after(), null);
});

test('containment says where malicious records go on after it', async (t) => {
  const { folder } = await caseOf(t, [
    ...ROWS,
    bind({ id: 4, session: 'evil', mailbox: 'otto', at: '2026-09-20T08:00:00' }),
  ]);
  const mia = (...words: string[]) => runMia([...words, '--case', folder]);
  await mia('mark', 'evil', '--malicious');
  const at = (...words: string[]) =>
    mia('contain', '--sessions', '2026-09-13', ...words).then(({ stdout }) => stdout.split('\n'));
  const early = await at();
  assert.equal(early.length, 4);
  assert.match(
    early[1] ?? '',
    /^Malicious access to otto@contoso\.example .* 2026-09-20T08:00:00Z:/,
  );
  assert.match(
    early[2] ?? '',
    /^Malicious access to vera@contoso\.example .* 2026-09-14T08:05:00Z:/,
  );
  assert.equal((await at('--rules', '2026-09-15')).length, 3);
  assert.equal((await at('--mailbox', VERA)).length, 3);
  assert.equal((await at('--rules', '2026-09-21')).length, 2);
  assert.equal((await mia('contain', '--clear')).stdout, 'Containment of the case: not stated.\n');
});

test('rebut --sync lifts the mailbox and not its folders', async (t) => {
  const { folder } = await caseOf(t, ROWS);
  const mia = (...words: string[]) => runMia([...words, '--case', folder]);
  const early = await mia('rebut', '--sync', '--mailbox', VERA, '--because', 'examined');
  assert.equal(early.code, 1);
  assert.match(early.stderr, /No malicious context synchronised/);
  await mia('mark', 'evil', '--malicious');
  const summary = async () => JSON.parse((await mia('summary', '--json')).stdout);
  assert.deepEqual((await summary()).mailboxes[0].presumedWhole, ['sync']);
  const wrong = await mia(
    'rebut',
    '--sync',
    '--from',
    '2026-09-01',
    '--mailbox',
    VERA,
    '--because',
    'x',
  );
  assert.equal(wrong.code, 2);
  const done = await mia('rebut', '--sync', '--mailbox', VERA, '--because', 'device examined');
  assert.equal(
    done.stdout,
    'Mailbox copied whole: rebutted; its synchronised folders stay presumed.\n',
  );
  const sheet = await mia('export', '--format', 'csv', '--sheet', 'decisions');
  assert.match(sheet.stdout, /syncs 1; contexts [0-9a-f]{16} \(1\); rebutted true/);
  const { mailboxes, messages } = await summary();
  assert.deepEqual([mailboxes[0].presumedWhole, mailboxes[0].syncRebutted], [[], true]);
  assert.deepEqual(messages, { confirmed: 0, presumed: 1, open: 1, benignOnly: 0 });
});

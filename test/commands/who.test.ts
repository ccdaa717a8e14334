import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { whoSchema } from '../../source/exports/documents/who.ts';
import { bind, INTRUDER, sync } from '../case/made-records.ts';
import { assertValid } from '../exports/validator.ts';
import { runMia, SMALL_TRACE, type World, world } from './run-mia.ts';

const AUDIT = [
  bind({ id: 1, at: '2026-09-14T08:00:00', session: 'owner', messages: ['a', 'b'] }),
  bind({
    ...{ id: 2, at: '2026-09-15T03:00:00', session: 'intruder', address: INTRUDER },
    messages: ['a', 'MiXed'],
  }),
  bind({
    ...{ id: 3, at: '2026-09-15T04:00:00', session: 'intruder', address: INTRUDER },
    messages: ['a'],
  }),
  bind({ id: 4, session: 'other', mailbox: 'otto', messages: ['a'] }),
];

const lines = (records: readonly object[]): string =>
  records.map((one) => `${JSON.stringify(one)}\n`).join('');

const imported = async (here: World, ...more: readonly object[]): Promise<void> => {
  const { code, stderr } = await here.mia(
    'import',
    here.file('log.jsonl', lines([...AUDIT, ...more])),
  );
  assert.equal(code, 0, stderr);
  await here.mia('mark', 'intruder', '--malicious');
  await here.mia('mark', 'owner', '--benign');
};

const asked = async (here: World, text: string, ...flags: readonly string[]) => {
  const { stdout, stderr, code } = await here.mia(
    'who',
    here.file('ids.txt', text),
    '--json',
    ...flags,
  );
  assert.equal(code, 0, stderr);
  const document = JSON.parse(stdout);
  assertValid(whoSchema, document);
  return document;
};

test('says which sessions touched a message, in every mailbox, the intruder apart', async (t) => {
  const here = world(t);
  await imported(here);
  const [{ messages, notInLog }] = (await asked(here, 'a@fabrikam.example')).asked;
  assert.deepEqual(notInLog, []);
  const [own, others] = messages;
  assert.deepEqual([own.mailbox.owner, own.class], ['vera@contoso.example', 'confirmed']);
  assert.deepEqual(own.intruder, {
    first: '2026-09-15T03:00:00Z',
    last: '2026-09-15T04:00:00Z',
    accesses: 2,
  });
  assert.deepEqual([own.accesses, own.firstAccess], [3, '2026-09-14T08:00:00Z']);
  assert.deepEqual(
    own.sessions.map(({ verdict, addresses }: { verdict: string; addresses: string[] }) => [
      verdict,
      addresses[0],
    ]),
    [
      ['benign', '198.51.100.7'],
      ['malicious', INTRUDER],
    ],
  );
  assert.deepEqual([others.mailbox.owner, others.class], ['otto@contoso.example', 'open']);
  const { stdout } = await here.mia('who', join(here.folder, 'ids.txt'));
  assert.match(stdout, /in vera@contoso\.example: confirmed: accessed in a malicious context/);
  assert.match(stdout, /by malicious contexts: 2 accesses, 2026-09-15T03:00:00Z to/);
  assert.match(stdout, /malicious {2}\w+ .*\n.*benign/, 'the intruder first');
});

test('brackets, case and percent signs do not matter, and each id is answered once', async (t) => {
  const here = world(t);
  await imported(here);
  const typed = [
    ' <a@fabrikam.example> ',
    'a@fabrikam.example',
    'mixed@FABRIKAM.example',
    '%3CMiXed%40fabrikam.example%3E',
    '',
  ];
  const document = await asked(here, `\ufeff${typed.join('\r\n')}`);
  assert.deepEqual(
    document.asked.map((one: { messages: unknown[]; otherSpelling: boolean }) => [
      one.messages.length,
      one.otherSpelling,
    ]),
    [
      [2, false],
      [1, true],
      [1, true],
    ],
  );
  assert.equal(document.asked[1].messages[0].internetMessageId, 'MiXed@fabrikam.example');
});

test('what no record lists is said to be so, with what may cover it', async (t) => {
  const here = world(t);
  await imported(here, sync({ id: 5, session: 'intruder', address: INTRUDER, folder: 'Archive' }));
  const document = await asked(here, 'nowhere@fabrikam.example\n100%@fabrikam.example');
  assert.deepEqual(
    document.asked.map(({ messages, notInLog }: { messages: []; notInLog: { trace: null }[] }) => [
      messages.length,
      notInLog.length,
      notInLog[0]?.trace,
    ]),
    [
      [0, 1, null],
      [0, 1, null],
    ],
  );
  assert.deepEqual(
    document.presumed.map((one: { mailbox: { owner: string }; presumedWhole: string[] }) => [
      one.mailbox.owner,
      one.presumedWhole,
    ]),
    [['vera@contoso.example', ['sync']]],
  );
  assert.match(document.statement, /proves nothing/);
  const { stdout } = await here.mia('who', join(here.folder, 'ids.txt'));
  assert.match(stdout, /nowhere@fabrikam\.example\n {2}not in the log/);
  assert.match(stdout, /vera@contoso\.example: all mail presumed\n {4}synchronised: Archive/);
});

test('a message of a mailbox presumed whole says by what', async (t) => {
  const here = world(t);
  await imported(here, sync({ id: 5, session: 'intruder', address: INTRUDER }));
  const [{ messages }] = (await asked(here, 'b@fabrikam.example')).asked;
  assert.deepEqual([messages[0].class, messages[0].intruder], ['presumed', null]);
  assert.ok(messages[0].presumedBy.includes('sync'));
});

test('--words finds subject and sender, also of a mail that no record lists', async (t) => {
  const here = world(t);
  await imported(here);
  const row = (id: string, sender: string, subject: string): string =>
    `"11111111-0000-4000-8000-000000000001","<${id}>","2026-09-13T08:00:00Z","${sender}","vera@contoso.example","","","${subject}","Delivered","1200"`;
  const header = SMALL_TRACE.split('\r\n')[0] ?? '';
  const rows = [
    row('a@fabrikam.example', 'anna@fabrikam.example', 'Réunion about the merger'),
    row('unseen@fabrikam.example', 'anna@fabrikam.example', 'merger, second round'),
  ];
  await here.mia('import', here.file('trace.csv', [header, ...rows, ''].join('\r\n')));
  const document = await asked(here, 'MERGER anna\nreunion\nnothing of this\n', '--words');
  const found = document.asked.map(
    (one: { messages: unknown[]; notInLog: { internetMessageId: string }[] }) => [
      one.messages.length,
      one.notInLog.map(({ internetMessageId }) => internetMessageId),
    ],
  );
  assert.deepEqual(found, [
    [2, ['unseen@fabrikam.example']],
    [2, []],
    [0, []],
  ]);
  assert.equal(document.asked[0].messages[0].trace.subject, 'Réunion about the merger');
  const { stdout } = await here.mia('who', join(here.folder, 'ids.txt'), '--words');
  assert.match(stdout, /nothing in the case has these words/);
  assert.match(
    stdout,
    /unseen@fabrikam\.example: not in the log, known from metadata: merger, second round/,
  );
});

test('ids come from standard input too; hostile ones are shown harmless', async (t) => {
  const here = world(t);
  const hostile = '\u001b[2J\u202e';
  await imported(here, bind({ id: 9, session: 'h', messages: [`h${hostile}`], folder: hostile }));
  const { stdout, code } = await runMia(['who', '-'], {
    caseFolder: join(here.folder, 'case'),
    stdin: Readable.from([`h${hostile}@fabrikam.example\n${hostile}\n`]),
  });
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /[\u001b\u202e]/);
  assert.match(stdout, /open {7}\w+/);
});

test('wrong usage, a file that is not there, and a case without records', async (t) => {
  const here = world(t);
  assert.equal((await here.mia('who')).code, 2);
  assert.equal((await here.mia('who', 'a', 'b')).code, 2);
  assert.equal((await here.mia('who', 'nowhere.txt')).code, 1);
  await here.mia('import', here.file('trace.csv', SMALL_TRACE));
  const none = await here.mia('who', here.file('none.txt', '<>\n\nnull\n'));
  assert.match(none.stderr, /2 lines without an id or words/);
  const document = await asked(here, 'one@contoso.example');
  assert.deepEqual([document.asked[0].messages, document.presumed], [[], []]);
  assert.equal(document.asked[0].notInLog[0].trace.subject, '=1+1 wire');
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { summarySchema } from '../../source/exports/documents/summary.ts';
import { assertValid } from '../exports/validator.ts';
import { bind, mailboxGuid, sync } from '../case/made-records.ts';
import { world, type World } from './run-mia.ts';

const ANNA = 'anna@contoso.example';
const BOB = 'bob@contoso.example';
const CARL = 'carl@contoso.example';

const TRACE = [
  '"MessageTraceId","MessageId","Received","SenderAddress","RecipientAddress","FromIP","ToIP","Subject","Status","Size"',
  `"11111111-0000-4000-8000-000000000001","<a1@fabrikam.example>","2026-09-13T08:00:00Z","x@fabrikam.example","${ANNA}","","","hello","Delivered","1200"`,
  `"11111111-0000-4000-8000-000000000002","<b1@fabrikam.example>","2026-09-13T08:00:00Z","y@fabrikam.example","${BOB}","","","other","Delivered","1200"`,
  '',
].join('\r\n');

/** `shared` touches Anna and Bob, `evil` syncs Bob, `own` is Bob's, Carl is nobody's business. */
const LOG = [
  bind({ id: 1, session: 'shared', mailbox: 'anna', messages: ['a1', 'a2'] }),
  bind({
    id: 2,
    session: 'shared',
    mailbox: 'bob',
    messages: ['b1'],
    over: { OperationCount: 5 },
  }),
  sync({ id: 3, session: 'evil', mailbox: 'bob' }),
  bind({ id: 4, session: 'own', mailbox: 'bob', messages: ['b1', 'b2', 'b3'] }),
  bind({ id: 5, session: 'annas own', mailbox: 'anna', messages: ['a2', 'a3'] }),
  bind({ id: 6, session: 'carls', mailbox: 'carl', messages: ['c1'] }),
]
  .map((one) => JSON.stringify(one))
  .join('\n');

const judged = async (t: TestContext): Promise<World> => {
  const here = world(t);
  const files = [here.file('log.jsonl', LOG), here.file('trace.csv', TRACE)];
  assert.equal((await here.mia('import', ...files)).code, 0);
  assert.equal((await here.mia('mark', 'shared', 'evil', '--malicious')).code, 0);
  assert.equal((await here.mia('mark', 'annas own', '--benign')).code, 0);
  return here;
};

const json = async (here: World, ...argv: readonly string[]) => {
  const { code, stdout, stderr } = await here.mia(...argv);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

test('a summary of some mailboxes has their figures, and says of which part it is', async (t) => {
  const here = await judged(t);
  const whole = await json(here, 'summary', '--json');
  assert.equal(whole.scope, null);
  const anna = await json(here, 'summary', '--mailbox', ANNA.toUpperCase(), '--json');
  assertValid(summarySchema, anna);
  assert.deepEqual(anna.scope, {
    mailboxes: [{ guid: mailboxGuid('anna'), owner: ANNA }],
    caseMailboxes: 3,
  });
  assert.deepEqual(anna.messages, { confirmed: 2, presumed: 0, open: 0, benignOnly: 1 });
  assert.deepEqual(anna.sessions, { malicious: 1, benign: 1, mixed: 0, undecided: 0 });
  assert.equal(anna.itemsMissing, 0, "that is of Bob's record");
  assert.equal(anna.correspondents.senders, 1);
  assert.deepEqual([anna.trace.resolved, anna.exposedTrace.resolved], [1, 1]);
  const bob = await json(here, 'summary', '--mailbox', mailboxGuid('bob'), '--json');
  assert.deepEqual(bob.messages, { confirmed: 1, presumed: 2, open: 0, benignOnly: 0 });
  assert.deepEqual(bob.sessions, { malicious: 2, benign: 0, mixed: 0, undecided: 1 });
  assert.equal(bob.itemsMissing, 1);
  const all = [ANNA, BOB, CARL].flatMap((name) => ['--mailbox', name]);
  const { scope, ...figures } = await json(here, 'summary', ...all, '--json');
  assert.equal(scope.mailboxes.length, 3);
  assert.deepEqual({ ...figures, scope: null }, whole, 'the parts together are the whole');
});

test('the same in words', async (t) => {
  const here = await judged(t);
  const { stdout } = await here.mia('summary', '--mailbox', ANNA);
  assert.match(
    stdout.replaceAll('\n', ' '),
    /Part of the case: .* of anna@contoso\.example only \(1 of 3 mailboxes\)/,
  );
  assert.ok(!stdout.includes(BOB), stdout);
  assert.ok(!(await here.mia('summary')).stdout.includes('Part of the case'));
});

test('an export of some mailboxes holds their part, classes as in the whole case', async (t) => {
  const here = await judged(t);
  const part = await json(here, 'export', '--mailbox', BOB);
  assertValid(exposureSchema, part);
  assert.deepEqual(part.scope.mailboxes, [{ guid: mailboxGuid('bob'), owner: BOB }]);
  const summary = await json(here, 'summary', '--mailbox', BOB, '--json');
  for (const [name, figures] of Object.entries(part.summary))
    assert.deepEqual(figures, summary[name], name);
  const whole = await json(here, 'export');
  assertValid(exposureSchema, whole);
  assert.equal(whole.scope, null);
  const isBobs = ({ mailbox }: { mailbox: { owner: string } }): boolean => mailbox.owner === BOB;
  assert.deepEqual(part.messages, whole.messages.filter(isBobs));
  assert.ok(part.messages.length > 0 && part.messages.length < whole.messages.length);
  assert.deepEqual(part.sessions.map(({ sessionId }: { sessionId: string }) => sessionId).sort(), [
    'evil',
    'shared',
  ]);
  assert.deepEqual(part.decisions, whole.decisions);
});

test('every CSV sheet of a part says so above its header, an empty one too', async (t) => {
  const here = await judged(t);
  const out = join(here.folder, 'report');
  const written = await here.mia(
    'export',
    '--format',
    'csv',
    '--mailbox',
    CARL,
    '--out',
    `${out}/`,
  );
  assert.equal(written.code, 0, written.stderr);
  assert.match(written.stderr, /Part of the case: .* carl@contoso\.example only/);
  const names = readdirSync(out);
  assert.ok(names.includes('messages.csv') && names.includes('fetches.csv'));
  for (const name of names) {
    const lines = readFileSync(join(out, name), 'utf8').split('\r\n');
    assert.match(
      lines[0] ?? '',
      /^\ufeff"Part of the case: .*carl@contoso\.example only \(1 of 3/,
      name,
    );
    assert.ok((lines[1] ?? '').includes(','), `${name} has its header`);
    assert.ok(!lines.slice(1).join().includes('\ufeff'));
  }
  const messages = readFileSync(join(out, 'messages.csv'), 'utf8').split('\r\n');
  assert.equal(messages.length, 3, 'nothing of Carl is exposed');
  const again = await here.mia('export', '--format', 'csv', '--out', `${out}/`);
  assert.equal(again.code, 0, 'the whole takes the place of an earlier part');
  assert.ok(!readFileSync(join(out, 'messages.csv'), 'utf8').includes('Part of the case'));
});

test('a report of some mailboxes says so, and its commands are of them', async (t) => {
  const here = await judged(t);
  for (const format of ['html', 'md']) {
    const out = join(here.folder, `report.${format}`);
    const written = await here.mia('export', '--format', format, '--mailbox', BOB, '--out', out);
    assert.equal(written.code, 0, written.stderr);
    assert.match(written.stderr, /Part of the case: .* bob@contoso\.example only/);
    const text = readFileSync(out, 'utf8');
    assert.match(text, /Part of the case: messages and figures are those of bob@contoso/);
    assert.ok(text.includes(`--mailbox ${mailboxGuid('bob')}`));
    assert.ok(!text.includes('a1@fabrikam.example'), "nothing of Anna's mail");
    const again = await here.mia('export', '--format', format, '--out', out);
    assert.equal(again.code, 0, 'the whole takes the place of an earlier part');
    assert.ok(!readFileSync(out, 'utf8').includes('Part of the case'));
  }
});

test('a mailbox that the case does not hold: no summary, no export', async (t) => {
  const here = await judged(t);
  for (const command of ['summary', 'export']) {
    const { code, stdout, stderr } = await here.mia(command, '--mailbox', 'eve@contoso.example');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /no mailbox eve@contoso\.example/);
  }
});

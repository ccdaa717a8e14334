import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { importSchema } from '../../source/exports/documents/source.ts';
import { messagesSchema } from '../../source/exports/documents/message.ts';
import { sessionsSchema } from '../../source/exports/documents/session.ts';
import { summarySchema } from '../../source/exports/documents/summary.ts';
import { traceSchema } from '../../source/exports/documents/lookup.ts';
import { assertValid } from '../exports/validator.ts';
import { bind } from '../case/made-records.ts';
import { ONE, SMALL_LOG, SMALL_TRACE, TWO, world, type World } from './run-mia.ts';

const json = async ({ mia }: World, ...argv: readonly string[]) => {
  const { stdout, stderr, code } = await mia(...argv, '--json');
  assert.ok(code === 0 || code === 3 || code === 1, stderr);
  return JSON.parse(stdout);
};

const imported = async (here: World): Promise<void> => {
  const { code, stderr } = await here.mia(
    'import',
    here.file('log.jsonl', SMALL_LOG),
    here.file('trace.csv', SMALL_TRACE),
  );
  assert.equal(code, 0, stderr);
};

test('from a log file to the exposed set', async (t) => {
  const here = world(t);
  await imported(here);
  const sessions = await json(here, 'sessions');
  assertValid(sessionsSchema, sessions);
  assert.equal(sessions.sessions.length, 3);
  assert.ok(sessions.sessions.some((session: { derived: boolean }) => session.derived));

  const marked = await here.mia('mark', ONE, '--malicious', '--because', '=cmd');
  assert.equal(marked.code, 0, marked.stderr);
  assert.match(marked.stdout, /malicious: 1 session, 2 contexts\. Messages confirmed: 2 \(\+2\)/);

  const messages = await json(here, 'messages');
  assertValid(messagesSchema, messages);
  const classes = messages.messages.map((one: { class: string }) => one.class);
  assert.deepEqual(classes, ['confirmed', 'confirmed', 'confirmed', 'open', 'open']);

  const summary = await json(here, 'summary');
  assertValid(summarySchema, summary);
  assert.deepEqual(summary.messages, { confirmed: 2, presumed: 0, open: 2, benignOnly: 0 });
  assert.deepEqual(summary.unidentified, { confirmed: 1, presumed: 0, open: 0, benignOnly: 0 });
  assert.match(summary.statement, /not proved untouched/);

  const exported = await here.mia('export');
  assertValid(exposureSchema, JSON.parse(exported.stdout));
  const document = JSON.parse(exported.stdout);
  assert.equal(document.sessions.length, 1);
  assert.equal(document.messages.length, 3);
  assert.equal((await here.mia('export')).stdout, exported.stdout);
});

test('import says what became of every row, and adds nothing the second time', async (t) => {
  const here = world(t);
  const log = here.file('log.jsonl', SMALL_LOG);
  const first = await json(here, 'import', log);
  assertValid(importSchema, first);
  const [source] = first.sources;
  assert.deepEqual([source.rows, source.accepted, source.alreadyImported], [4, 4, false]);
  const second = await json(here, 'import', log);
  assertValid(importSchema, second);
  const [again] = second.sources;
  assert.deepEqual([again.accepted, again.duplicates, again.alreadyImported], [0, 4, true]);
});

test('a damaged row is exit 3 and listed; a wrong file is exit 1 while the others are done', async (t) => {
  const here = world(t);
  const torn = here.file('torn.jsonl', `${SMALL_LOG}\n{"CreationTime":"2026-09-24T10:0`);
  const damaged = await here.mia('import', torn);
  assert.equal(damaged.code, 3);
  assert.match(damaged.stderr, /torn\.jsonl:5: /);

  const image = here.file('photo.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  const log = here.file('other.jsonl', SMALL_LOG.replaceAll('-0000000000', '-1000000000'));
  const { code, stdout, stderr } = await here.mia('import', image, log);
  assert.equal(code, 1);
  assert.match(stderr, /photo\.csv: /);
  assert.match(stdout, /other\.jsonl\t.*\t4\t4\t/);
});

test('a log without MailItemsAccessed is said as such, exit 1', async (t) => {
  const here = world(t);
  const other = SMALL_LOG.replaceAll('"MailItemsAccessed"', '"Send"');
  const { code, stderr } = await here.mia('import', here.file('send.jsonl', other));
  assert.equal(code, 1);
  assert.match(stderr, /MailItemsAccessed/);
});

test('--ids prints each bare id once, one a line', async (t) => {
  const here = world(t);
  await imported(here);
  const { stdout, stderr } = await here.mia('messages', '--ids');
  const ids = ['one', 'two', 'three', 'four'].map((name) => `${name}@contoso.example\n`);
  assert.equal(stdout, ids.join(''));
  assert.match(stderr, /1 item without a message id/);
});

test('mailboxes of one name are told apart by their guids, others have none beside it', async (t) => {
  const here = world(t);
  await imported(here);
  const before = (await here.mia('summary')).stdout;
  assert.match(before, /^Mailboxes\n {2}[^\n]+@contoso\.example$/m);
  const { guid, owner } = (await json(here, 'summary')).mailboxes[0];
  const anew = 'ffffffff-0000-4000-8000-00000000000f';
  const lines = [bind({ id: 99, over: { MailboxGuid: anew, MailboxOwnerUPN: owner } })];
  await here.mia(
    'import',
    here.file('anew.jsonl', lines.map((one) => JSON.stringify(one)).join('\n')),
  );
  const { stdout } = await here.mia('summary');
  assert.ok(stdout.includes(`\n  ${owner} (${guid})\n`), stdout);
  assert.ok(stdout.includes(`\n  ${owner} (${anew})\n`), stdout);
});

test('messages of a session, a session id or a context key; --user and --ip narrow them', async (t) => {
  const here = world(t);
  await imported(here);
  const { sessions } = await json(here, 'sessions', '--user', 'G.JACOBS@contoso.example');
  const one = sessions.find((session: { sessionId: string }) => session.sessionId === ONE);
  const ids = async (...argv: string[]) => (await here.mia('messages', '--ids', ...argv)).stdout;
  assert.equal(await ids('--session', one.key), await ids('--session', ONE));
  const context = one.contexts.find((each: { address: string }) => each.address === '198.51.100.9');
  assert.equal(await ids('--session', context.key), 'two@contoso.example\n');
  assert.equal(await ids('--ip', '198.51.100.0/24'), 'two@contoso.example\n');
  const wrong = await here.mia('messages', '--session', 'nosuch');
  assert.equal(wrong.code, 1);
  assert.equal(wrong.stdout, '');
});

test('a KEY that matches nothing changes nothing, and candidates are listed', async (t) => {
  const here = world(t);
  await imported(here);
  const { code, stdout, stderr } = await here.mia('mark', ONE, 'ffffffffffffffff', '--malicious');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /Candidates for ffffffffffffffff: [0-9a-f]{16}/);
  const { sessions } = await json(here, 'summary');
  assert.deepEqual(sessions, { malicious: 0, benign: 0, mixed: 0, undecided: 3 });
});

test('--ip marks contexts: a session from two addresses is half malicious', async (t) => {
  const here = world(t);
  await imported(here);
  assert.equal((await here.mia('mark', '--ip', '198.51.100.9', '--malicious')).code, 0);
  const { sessions } = await json(here, 'sessions', '--verdict', 'mixed');
  assert.deepEqual(
    sessions.map(({ sessionId }: { sessionId: string }) => sessionId),
    [ONE],
  );
  const none = await here.mia('mark', '--ip', '192.0.2.1', '--malicious');
  assert.equal(none.code, 1);
  assert.match(none.stderr, /Nothing in the case came from 192\.0\.2\.1/);
});

test("the service's own addresses are marked only when asked for outright", async (t) => {
  const here = world(t);
  await imported(here);
  const refused = await here.mia('mark', '--ip', '2603:10a6:10:1::5', '--malicious');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /--even-service-addresses/);
  const asked = ['mark', '--ip', '2603:10a6::/32', '--malicious', '--even-service-addresses'];
  assert.equal((await here.mia(...asked)).code, 0);
  const { sessions } = await json(here, 'sessions', '--verdict', 'malicious');
  assert.equal(sessions[0].sessionId, TWO);
});

test('metadata of ids from arguments and files, each as often as given', async (t) => {
  const here = world(t);
  await imported(here);
  const list = here.file('ids.txt', '\ufeff<one@contoso.example>\r\n\r\nfour@contoso.example\n');
  const document = await json(here, 'trace', 'nope@x', '--input', list);
  assertValid(traceSchema, document);
  assert.deepEqual(
    document.messages.map((message: { internetMessageId: string; inCase: boolean }) => [
      message.internetMessageId,
      message.inCase,
    ]),
    [
      ['nope@x', false],
      ['one@contoso.example', true],
      ['four@contoso.example', true],
    ],
  );
  assert.equal(document.messages[1].trace.subject, '=1+1 wire');
  assert.equal((await here.mia('trace', '--input', '/nowhere/ids.txt')).code, 1);
});

test('the window is of the case or of a mailbox, and is cleared', async (t) => {
  const here = world(t);
  await imported(here);
  assert.match((await here.mia('window', '--help')).stdout, /--clear +take the window away/);
  const set = await here.mia('window', '--from', '2026-09-20', '--because', 'first sign-in');
  assert.equal(set.code, 0, set.stderr);
  assert.equal(
    JSON.parse((await here.mia('export')).stdout).case.window.from,
    '2026-09-20T00:00:00Z',
  );
  const { decision } = await json(
    here,
    'window',
    '--to',
    '2026-09-25',
    '--mailbox',
    'M.Visser@contoso.example',
  );
  assert.equal(decision.act, 'window');
  assert.equal(decision.mailbox, '5d2c0a3e-0f3a-4a55-9a53-6a7c0f3b1d11');
  assert.equal((await here.mia('window', '--clear')).code, 0);
  assert.equal(JSON.parse((await here.mia('export')).stdout).case.window, null);
  const wrong = await here.mia('window', '--to', '2026-09-25', '--mailbox', 'nobody');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /m\.visser@contoso\.example/);
});

test('a gap is rebutted with a reason, and that is taken back', async (t) => {
  const here = world(t);
  const throttled = SMALL_LOG.replaceAll('"Value":"False"', '"Value":"True"');
  await here.mia('import', here.file('throttled.jsonl', throttled));
  await here.mia('mark', ONE, '--malicious');
  const before = await json(here, 'summary');
  assert.equal(before.mailboxes[0].gaps.length, 1);
  assert.deepEqual(before.mailboxes[0].presumedWhole, ['gap']);
  const owner = before.mailboxes[0].owner;
  assert.equal((await here.mia('rebut', '--mailbox', owner, '--because', 'gateway log')).code, 0);
  assert.deepEqual((await json(here, 'summary')).mailboxes[0].presumedWhole, []);
  assert.equal((await here.mia('rebut', '--mailbox', owner, '--because', 'no', '--clear')).code, 0);
  assert.deepEqual((await json(here, 'summary')).mailboxes[0].presumedWhole, ['gap']);
  const wrong = await here.mia(
    'rebut',
    '--mailbox',
    owner,
    '--from',
    '2020-01-01',
    '--because',
    'x',
  );
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /--from 2026-09-24T10:01:00Z/);
});

test('a source is withdrawn by its id and stays on the list', async (t) => {
  const here = world(t);
  await imported(here);
  const wrong = await here.mia('withdraw', 'nosuch.csv');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /log\.jsonl/);
  const [source] = (await json(here, 'sources')).sources;
  await here.mia('mark', ONE, '--malicious');
  const { code, stdout } = await here.mia('withdraw', source.id, '--because', 'another tenant');
  assert.equal(code, 0);
  assert.match(stdout, /Messages confirmed: 0 \(-2\)\.\nSessions with a verdict: 0 \(-1\)\./);
  assert.deepEqual((await json(here, 'sessions')).sessions, []);
  const after = (await json(here, 'sources')).sources.find(
    (one: { id: string }) => one.id === source.id,
  );
  assert.equal(after.withdrawn.because, 'another tenant');
});

test('records.db is made again from the evidence alone, and verify says that all is well', async (t) => {
  const here = world(t);
  await imported(here);
  const before = (await here.mia('messages', '--json')).stdout;
  for (const name of readdirSync(join(here.folder, 'case')))
    if (name.startsWith('records.db')) rmSync(join(here.folder, 'case', name));
  rmSync(join(here.folder, 'log.jsonl'));
  assert.equal((await here.mia('summary')).code, 1, 'it asks for a rebuild');
  const rebuilt = await here.mia('rebuild');
  assert.equal(rebuilt.code, 0, rebuilt.stderr);
  assert.match(rebuilt.stderr, /made again from 2 sources/);
  assert.equal((await here.mia('messages', '--json')).stdout, before);
  const verified = await json(here, 'verify');
  assert.equal(verified.ok, true);
});

test('an altered decision is found by verify, exit 1', async (t) => {
  const here = world(t);
  await imported(here);
  await here.mia('mark', ONE, '--malicious', '--because', 'spray');
  const log = join('case', 'decisions.jsonl');
  const text = readFileSync(join(here.folder, log), 'utf8');
  here.file(log, text.replace('spray', 'sprey'));
  const { code, stdout } = await here.mia('verify');
  assert.equal(code, 1);
  assert.match(stdout, /^WRONG decisions: /m);
});

test('csv goes to a folder as all sheets, to standard output as one', async (t) => {
  const here = world(t);
  await imported(here);
  await here.mia('mark', ONE, '--malicious', '--because', '=cmd');
  const out = join(here.folder, 'report');
  mkdirSync(out);
  const written = await here.mia('export', '--format', 'csv', '--out', out);
  assert.equal(written.code, 0, written.stderr);
  assert.deepEqual(readdirSync(out).toSorted(), [
    'decisions.csv',
    'fetches.csv',
    'folders.csv',
    'gaps.csv',
    'look-ups.csv',
    'mailboxes.csv',
    'messages.csv',
    'people.csv',
    'sessions.csv',
    'sign-ins.csv',
    'sources.csv',
    'summary.csv',
  ]);
  assert.match(
    readFileSync(join(out, 'summary.csv'), 'utf8'),
    /whether it was viewed the log cannot answer/,
  );
  assert.match(readFileSync(join(out, 'sessions.csv'), 'utf8'), /,'=cmd,0,/);
  const report = await json(here, 'export', '--format', 'csv', '--out', out);
  assert.equal(report.schema, 'mia.export/1');
  assert.equal(report.files.length, 12);
  const people = await here.mia('export', '--format', 'csv', '--sheet', 'people');
  assert.match(people.stdout, /anna@fabrikam\.example,fabrikam\.example,outside,confirmed,1,1,0/);
  const { correspondents } = await json(here, 'summary');
  assert.equal(people.stdout.match(/,outside,/g)?.length, correspondents.outside);
});

test('an export says what is not in it: no verdict yet, or one sheet of several', async (t) => {
  const here = world(t);
  await imported(here);
  const noVerdict = /No session is judged malicious yet/;
  assert.match((await here.mia('export')).stderr, noVerdict);
  await here.mia('mark', ONE, '--malicious');
  assert.equal((await here.mia('export')).stderr, '');
  const file = join(here.folder, 'report');
  const csv = ['export', '--format', 'csv', '--out'] as const;
  const alone = await here.mia(...csv, file);
  assert.match(alone.stderr, /messages alone: --out FOLDER\/ writes all/);
  assert.doesNotMatch(alone.stderr, noVerdict);
  const all = await here.mia(...csv, join(here.folder, 'folder/'));
  assert.doesNotMatch(all.stderr, /alone/);
});

test('the schema can be had without a case', async (t) => {
  const { stdout, code } = await world(t).mia('export', '--schema');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(exposureSchema())));
});

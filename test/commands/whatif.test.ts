import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { whatifSchema } from '../../source/exports/documents/what-if.ts';
import { bind, INTRUDER, sync } from '../case/made-records.ts';
import { caseOf, caseOn } from '../case/on-case.ts';
import { assertValid } from '../exports/validator.ts';
import { type World, world } from './run-mia.ts';

const AUDIT = [
  bind({ id: 1, at: '2026-09-14T08:00:00', session: 'owner', messages: ['a', 'b'] }),
  bind({
    id: 2,
    at: '2026-09-14T08:20:00',
    session: 'owner-too',
    messages: ['c'],
    throttled: true,
  }),
  bind({
    id: 3,
    at: '2026-09-14T08:30:00',
    session: 'in',
    address: INTRUDER,
    messages: ['a', 'd'],
  }),
  sync({ id: 4, at: '2026-09-15T04:00:00', session: 'in', address: INTRUDER, folder: 'Archive' }),
  bind({ id: 5, at: '2026-09-15T05:00:00', session: 'bind', address: INTRUDER, messages: ['e'] }),
  bind({ id: 6, session: 'otto', mailbox: 'otto', messages: ['f'] }),
  bind({ id: 7, session: 'varied', messages: ['g'] }),
  bind({ id: 8, session: 'varied', address: INTRUDER, messages: ['h'] }),
];

const opened = async (t: TestContext) => {
  const { folder } = await caseOf(t, AUDIT);
  const theCase = caseOn(t, folder);
  const keyOf = (id: string): string => theCase.resolveKeys([id]).sessions[0] ?? '';
  const request = (verdict: 'malicious' | 'benign', ...ids: readonly string[]) => ({
    ...{ verdict, sessions: ids.map(keyOf), contexts: [], reason: null },
  });
  return { theCase, request, folder };
};

test('it says what the verdict then does, and leaves everything as it is', async (t) => {
  const { theCase, request, folder } = await opened(t);
  theCase.judging.mark(request('benign', 'owner'));
  const asked = [
    request('malicious', 'in'),
    request('benign', 'in'),
    request('malicious', 'bind', 'otto'),
    request('benign', 'owner-too'),
    request('malicious', 'owner'),
  ];
  for (const one of asked) {
    const [before, messages] = [theCase.summary(), [...theCase.messages({})]];
    const sessions = [...theCase.sessions({})];
    const log = readFileSync(join(folder, 'decisions.jsonl'), 'utf8');
    const whatIf = theCase.judging.whatIf(one);
    assert.deepEqual(whatIf.before, before);
    assert.deepEqual([...theCase.messages({})], messages);
    assert.deepEqual(theCase.summary(), before);
    assert.deepEqual([...theCase.sessions({})], sessions);
    assert.equal(readFileSync(join(folder, 'decisions.jsonl'), 'utf8'), log);
    theCase.judging.mark(one);
    assert.deepEqual(theCase.summary(), whatIf.after, JSON.stringify(one));
  }
});

const lines = AUDIT.map((one) => `${JSON.stringify(one)}\n`).join('');

const imported = async (here: World, text = lines): Promise<void> => {
  assert.equal((await here.mia('import', here.file('log.jsonl', text))).code, 0);
};

test('says figures, folders, mailboxes and gaps now and then, and that no verdict has a price', async (t) => {
  const here = world(t);
  await imported(here);
  const { stdout, code } = await here.mia('whatif', 'in', '--malicious', '--json');
  assert.equal(code, 0);
  const document = JSON.parse(stdout);
  assertValid(whatifSchema, document);
  assert.deepEqual([document.verdict, document.sessions, document.contexts], ['malicious', 1, 2]);
  assert.deepEqual([document.before.recorded, document.after.recorded], [0, 2]);
  const [vera, ...others] = document.mailboxes;
  assert.deepEqual(others, []);
  assert.deepEqual(vera.after.presumedWhole, ['sync', 'gap']);
  assert.deepEqual([vera.before.gaps.length, vera.after.gaps.length], [0, 1]);
  assert.equal(vera.after.syncedFolders.length, 1);
  assert.match(document.statement, /never to be chosen by what it would cost/);
  const { stdout: said } = await here.mia('whatif', 'in', '--malicious');
  assert.match(said, /^Were it malicious: 1 session, 2 contexts\. Nothing was changed\./);
  assert.match(said, /messages confirmed\t0\t2\t\+2/);
  assert.match(said, /presumed whole because a folder is synchronised: new/);
  assert.match(said, /gap 2026-09-14T08:20:00Z to .*, the log was throttled, matters: new/);
  assert.match(said, /never to be chosen by what it\s+would cost/);
  assert.equal(JSON.parse((await here.mia('stamp', '--json')).stdout).decisions, 0);
  await here.mia('mark', 'in', '--malicious');
  const listed = JSON.parse((await here.mia('sessions', '--session', 'in', '--json')).stdout);
  const keys = listed.sessions[0].contexts.map(({ key }: { key: string }) => key);
  const back = await here.mia('whatif', ...keys, '--benign');
  assert.match(back.stdout, /because the log has a gap: no longer/);
  assert.match(back.stdout, /2 contexts\. Nothing was changed/);
});

test('what cannot be judged cannot be asked: all keys or none', async (t) => {
  const here = world(t);
  await imported(here);
  const wrong = [['whatif'], ['whatif', 'in'], ['whatif', '--benign']];
  for (const argv of [...wrong, ['whatif', 'in', '--benign', '--malicious']])
    assert.equal((await here.mia(...argv)).code, 2, argv.join(' '));
  const unknown = await here.mia('whatif', 'in', 'nobody', '--malicious');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /Nothing in the case has the key nobody/);
  const varied = await here.mia('whatif', 'varied', '--benign');
  assert.equal(varied.code, 1);
  assert.match(varied.stderr, /benign is said of each context/);
});

test('hostile names are shown harmless, and an empty case has no key', async (t) => {
  const here = world(t);
  assert.equal((await here.mia('whatif', 'x', '--benign')).code, 1);
  const hostile = '\u001b[2J\u202e';
  const record = sync({ id: 1, session: 'h', folder: hostile, mailbox: `eve${hostile}` });
  await imported(here, `${JSON.stringify(record)}\n`);
  const { stdout } = await here.mia('whatif', 'h', '--malicious');
  assert.doesNotMatch(stdout, /[\u001b\u202e]/);
  assert.match(stdout, /folder synchronised, \\x1b/);
});

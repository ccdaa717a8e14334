import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { bind } from '../case/made-records.ts';
import { world, type World } from './run-mia.ts';

const EWS = 'fe93bfe1-7947-460a-a5e0-7a5906b51360';
const OTHER_APP = '9ac41f00-0000-4000-8000-00000000000a';
const ANNA = 'anna@contoso.example';
const BOB = 'bob@contoso.example';
const ANNAS = '5d2c0a3e-0f3a-4a55-9a53-00000000000a';
const BOBS = '5d2c0a3e-0f3a-4a55-9a53-00000000000b';

const session = (number: number): string =>
  `2f0d4a5e-8c1e-4c53-8f39-${String(number).padStart(12, '0')}`;

/** A record of session `number`, by itself in its context. */
const record = (number: number, over: JsonObject) =>
  bind({
    id: number,
    over: {
      UserId: ANNA,
      MailboxOwnerUPN: ANNA,
      MailboxGuid: ANNAS,
      SessionId: session(number),
      ClientIPAddress: `203.0.113.${number}`,
      AppId: OTHER_APP,
      ...over,
    },
  });

/** Anna's mailbox in sessions 1 to 4, Bob's in 5 and 6; 6 is Anna in Bob's mailbox. */
const LOG = [
  record(1, {}),
  record(2, { AppId: EWS.toUpperCase() }),
  record(3, { AppId: null, ClientAppId: EWS }),
  record(4, { ClientIPAddress: '20.190.160.14' }),
  record(5, { UserId: BOB, MailboxOwnerUPN: BOB, MailboxGuid: BOBS }),
  record(6, { MailboxOwnerUPN: BOB, MailboxGuid: BOBS, LogonType: 2 }),
]
  .map((one) => JSON.stringify(one))
  .join('\n');

const imported = async (t: TestContext): Promise<World> => {
  const here = world(t);
  assert.equal((await here.mia('import', here.file('log.jsonl', LOG))).code, 0);
  return here;
};

const json = async (here: World, ...argv: readonly string[]) => {
  const { code, stdout, stderr } = await here.mia(...argv, '--json');
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

/** Numbers of the sessions that a filter lists. */
const listed = async (here: World, ...argv: readonly string[]): Promise<readonly number[]> => {
  const { sessions } = await json(here, 'sessions', ...argv);
  return sessions
    .map(({ sessionId }: { sessionId: string }) => Number(sessionId.slice(-12)))
    .sort();
};

const decisionLines = ({ folder }: World): readonly string[] => {
  const text = readFileSync(join(folder, 'case', 'decisions.jsonl'), 'utf8');
  return text.split('\n').filter((line) => line !== '');
};

test('several values of a flag are alternatives, different flags must all match', async (t) => {
  const here = await imported(t);
  assert.deepEqual(await listed(here, '--ip', '203.0.113.1', '--ip', '203.0.113.4/31'), [1, 5]);
  assert.deepEqual(
    await listed(here, '--user', BOB, '--user', 'anna@CONTOSO.example'),
    [1, 2, 3, 4, 5, 6],
  );
  assert.deepEqual(await listed(here, '--app', EWS), [2, 3]);
  assert.deepEqual(await listed(here, '--app', 'ews', '--ip', '203.0.113.3'), [3]);
  assert.deepEqual(await listed(here, '--app', EWS, '--mailbox', BOB), []);
  assert.deepEqual(await listed(here, '--mailbox', BOB), [5, 6]);
  assert.deepEqual(await listed(here, '--mailbox', BOBS.toUpperCase(), '--user', ANNA), [6]);
  assert.deepEqual(await listed(here, '--mailbox', ANNAS, '--mailbox', BOB), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await listed(here, '--session', session(1), '--session', session(5)), [1, 5]);
  assert.deepEqual(await listed(here, '--session', session(1), '--mailbox', BOB), []);
});

test('messages are narrowed by the same flags', async (t) => {
  const here = await imported(t);
  const sessionsOf = async (...argv: readonly string[]): Promise<number> =>
    (await json(here, 'messages', ...argv)).messages.length;
  const [all, annas, bobs] = await Promise.all([
    sessionsOf(),
    sessionsOf('--mailbox', ANNA),
    sessionsOf('--mailbox', BOB),
  ]);
  assert.ok(annas > 0 && bobs > 0);
  assert.equal(annas + bobs, all);
});

test('a mailbox or a session that the case does not hold is no empty list', async (t) => {
  const here = await imported(t);
  for (const command of ['sessions', 'messages']) {
    const wrong = await here.mia(command, '--mailbox', BOB, '--mailbox', 'eve@contoso.example');
    assert.equal(wrong.code, 1);
    assert.equal(wrong.stdout, '');
    assert.match(wrong.stderr, /no mailbox eve@contoso\.example[^]*anna@contoso\.example, bob@/);
    const none = await here.mia(command, '--session', 'ffffffffffffffff');
    assert.equal(none.code, 1);
    assert.match(none.stderr, /Candidates/);
  }
});

test('mark takes the contexts that the flags select, and the decision lists them', async (t) => {
  const here = await imported(t);
  const asked = [
    'mark',
    '--malicious',
    '--ip',
    '203.0.113.1',
    '--ip',
    '203.0.113.2/31',
    '--app',
    EWS,
  ];
  const { decision } = await json(here, ...asked);
  const { sessions } = await json(here, 'sessions', '--verdict', 'malicious');
  assert.deepEqual(sessions.map(({ sessionId }: { sessionId: string }) => sessionId).sort(), [
    session(2),
    session(3),
  ]);
  const keys = sessions.flatMap((one: { contexts: { key: string }[] }) =>
    one.contexts.map(({ key }) => key),
  );
  const [line] = decisionLines(here);
  for (const key of keys) assert.ok(line?.includes(key), 'the line in decisions.jsonl names it');
  assert.ok(JSON.stringify(decision).includes(keys[0]));
});

test('by mailbox, user and session; a session id takes its contexts, not what comes later', async (t) => {
  const here = await imported(t);
  await json(here, 'mark', '--benign', '--mailbox', BOB, '--user', ANNA);
  assert.deepEqual(await listed(here, '--verdict', 'benign'), [6]);
  await json(here, 'mark', '--malicious', '--session', session(1), '--session', session(5));
  assert.deepEqual(await listed(here, '--verdict', 'malicious'), [1, 5]);
  const later = JSON.stringify(record(7, { SessionId: session(1) }));
  await here.mia('import', here.file('later.jsonl', later));
  assert.deepEqual(await listed(here, '--verdict', 'mixed'), [1]);
});

test('a value that nothing matches changes nothing, and says which', async (t) => {
  const here = await imported(t);
  const wrong: readonly (readonly [argv: readonly string[], said: RegExp])[] = [
    [['--ip', '203.0.113.1', '--ip', '192.0.2.1'], /192\.0\.2\.1 \(--ip\)/],
    [['--user', ANNA, '--user', 'eve'], /eve \(--user\)/],
    [['--app', 'Outlook desktop', '--ip', '203.0.113.1'], /Outlook desktop \(--app\)/],
    [['--mailbox', 'eve@contoso.example'], /no mailbox eve@/],
    [['--session', session(1), '--session', session(9)], /Candidates for/],
    [['--mailbox', BOB, '--ip', '203.0.113.1'], /No context matches all/],
  ];
  for (const [argv, said] of wrong) {
    const { code, stdout, stderr } = await here.mia('mark', '--malicious', ...argv);
    assert.equal(code, 1, argv.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, said);
    assert.match(stderr, /Nothing was changed/);
  }
  assert.deepEqual(await listed(here, '--verdict', 'malicious'), []);
});

test("the service's own addresses are left out of any selection, which is said", async (t) => {
  const here = await imported(t);
  const marked = await here.mia('mark', '--malicious', '--user', ANNA);
  assert.equal(marked.code, 0, marked.stderr);
  assert.match(marked.stderr, /1 context from the service's own addresses left out/);
  assert.deepEqual(await listed(here, '--verdict', 'malicious'), [1, 2, 3, 6]);
  const whole = ['mark', '--malicious', '--user', ANNA, '--even-service-addresses'];
  assert.equal((await here.mia(...whole)).code, 0);
  assert.deepEqual(await listed(here, '--verdict', 'malicious'), [1, 2, 3, 4, 6]);
});

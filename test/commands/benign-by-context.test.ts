import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { bind } from '../case/made-records.ts';
import { world, type World } from './run-mia.ts';

const SHARED = '2f0d4a5e-8c1e-4c53-8f39-000000000001';
const ALONE = '2f0d4a5e-8c1e-4c53-8f39-000000000002';

const LOG = [
  bind({ id: 1, over: { SessionId: SHARED, ClientIPAddress: '203.0.113.1' } }),
  bind({ id: 2, over: { SessionId: SHARED, ClientIPAddress: '198.51.100.9' } }),
  bind({ id: 3, over: { SessionId: ALONE, ClientIPAddress: '203.0.113.1' } }),
]
  .map((one) => JSON.stringify(one))
  .join('\n');

interface SessionJson {
  readonly sessionId: string;
  readonly verdict: string | null;
  readonly contexts: readonly { readonly key: string; readonly address: string }[];
}

/** The shared one first. */
const sessionsIn = async (here: World): Promise<readonly SessionJson[]> =>
  (
    JSON.parse((await here.mia('sessions', '--json')).stdout) as { sessions: SessionJson[] }
  ).sessions.toSorted((a, b) => (a.sessionId < b.sessionId ? -1 : 1));

const verdictsIn = async (here: World): Promise<readonly (string | null)[]> =>
  (await sessionsIn(here)).map(({ verdict }) => verdict);

const imported = async (t: TestContext): Promise<World> => {
  const here = world(t);
  assert.equal((await here.mia('import', here.file('log.jsonl', LOG))).code, 0);
  return here;
};

test('benign on a session of two addresses is refused, and its contexts are listed', async (t) => {
  const here = await imported(t);
  const [shared] = await sessionsIn(here);
  const contexts = shared?.contexts ?? [];
  for (const which of [[SHARED], [ALONE, SHARED], ['--session', SHARED]]) {
    const { code, stderr } = await here.mia('mark', ...which, '--benign');
    assert.equal(code, 1);
    for (const { key, address } of contexts) assert.match(stderr, new RegExp(`${key}  ${address}`));
    assert.match(stderr, /Nothing was changed/);
    assert.deepEqual(await verdictsIn(here), [null, null]);
  }
  const keys = contexts.map(({ key }) => key);
  assert.equal((await here.mia('mark', ...keys, '--benign')).code, 0);
  assert.deepEqual(await verdictsIn(here), ['benign', null]);
});

test('a session of one context, and a malicious verdict, are judged by the session', async (t) => {
  const here = await imported(t);
  assert.equal((await here.mia('mark', ALONE, '--benign')).code, 0);
  assert.equal((await here.mia('mark', SHARED, '--malicious')).code, 0);
  assert.deepEqual(await verdictsIn(here), ['malicious', 'benign']);
});

test('contexts that one flag more narrows down are named by it', async (t) => {
  const here = await imported(t);
  const { code } = await here.mia('mark', '--session', SHARED, '--ip', '203.0.113.1', '--benign');
  assert.equal(code, 0);
  assert.deepEqual(await verdictsIn(here), ['mixed', null]);
});

test('several tokens in a session of two contexts are a reason to ask', async (t) => {
  const here = world(t);
  const log = (token: string, id: number, mailbox: string) =>
    bind({
      id,
      over: {
        SessionId: SHARED,
        MailboxGuid: mailbox,
        AppAccessContext: { UniqueTokenId: token },
      },
    });
  const [one, other] = [
    '5d2c0a3e-0f3a-4a55-9a53-00000000000a',
    '5d2c0a3e-0f3a-4a55-9a53-00000000000b',
  ];
  const lines = (first: string, second: string): string =>
    [log(first, 1, one ?? ''), log(second, 2, other ?? '')]
      .map((line) => JSON.stringify(line))
      .join('\n');
  await here.mia('import', here.file('same.jsonl', lines('t1', 't1')));
  assert.equal((await here.mia('mark', SHARED, '--benign')).code, 0);
  const there = world(t);
  await there.mia('import', there.file('two.jsonl', lines('t1', 't2')));
  assert.equal((await there.mia('mark', SHARED, '--benign')).code, 1);
});

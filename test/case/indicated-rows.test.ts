import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { MessageQuery } from '../../source/case/lists/list-queries.ts';
import type { CaseClient } from '../../source/case/case-client.ts';
import { clientOn } from './followed-case.ts';
import { importInto, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { bind, INTRUDER } from './made-records.ts';

const PROXY = '20.190.160.14';

const AUDIT = [
  bind({ id: 1, at: '2026-09-14T06:00:00', session: 'first', address: INTRUDER, messages: ['a'] }),
  bind({ id: 2, at: '2026-09-14T07:00:00', session: 'later', address: INTRUDER, messages: ['b'] }),
  bind({ id: 3, at: '2026-09-14T08:00:00', session: 'later', messages: ['c'] }),
  bind({ id: 4, at: '2026-09-14T09:00:00', session: 'proxy', address: PROXY, messages: ['d'] }),
  bind({ id: 5, at: '2026-09-14T10:00:00', session: 'other', address: PROXY, messages: ['e'] }),
];

const TRACE = `MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,Size,MessageTraceId
<b@fabrikam.example>,2026-09-13T06:00:00Z,z@fabrikam.example,vera@contoso.example,B,Delivered,10,1
<d@fabrikam.example>,2026-09-13T06:00:00Z,a@fabrikam.example,vera@contoso.example,D,Delivered,10,2`;

const openCase = async (context: TestContext): Promise<CaseClient> => {
  const files = temporaryFolder(context);
  const folder = join(files, 'case');
  writeFileSync(join(files, 'trace.csv'), TRACE);
  await importInto(folder, [writeLines(files, 'audit.jsonl', AUDIT), join(files, 'trace.csv')]);
  return clientOn(context, folder);
};

const sessionsOf = async (client: CaseClient) =>
  (await client.sessions.page({ filter: {}, sort: 'firstSeen', search: '' }, 0, 10)).rows;

const indicated = async (client: CaseClient): Promise<readonly string[]> =>
  (await sessionsOf(client))
    .filter(({ indicators }) => indicators.length > 0)
    .map(({ sessionId }) => sessionId ?? '');

const keyOf = async (client: CaseClient, name: string): Promise<string> =>
  (await sessionsOf(client)).find(({ sessionId }) => sessionId === name)?.key ?? '';

test('an open row says that its address is judged malicious elsewhere', async (t) => {
  const client = await openCase(t);
  assert.deepEqual(await indicated(client), []);
  const mark = { verdict: 'malicious', contexts: [], reason: null } as const;
  await client.judging.mark({ ...mark, sessions: [await keyOf(client, 'first')] });
  assert.deepEqual(await indicated(client), ['later']);
  const later = await keyOf(client, 'later');
  assert.deepEqual(
    (await client.sessions.contexts(later)).map(({ indicators }) => indicators),
    [[INTRUDER], []],
    'the context from there, not its neighbour',
  );
  await client.judging.mark({ ...mark, verdict: 'benign', sessions: [later] });
  assert.deepEqual(await indicated(client), [], 'what is judged needs no hint');
  await client.judging.undo();
  await client.judging.undo();
  assert.deepEqual(await indicated(client), []);
});

test('an address of the client itself indicates nothing', async (t) => {
  const client = await openCase(t);
  const sessions = [await keyOf(client, 'proxy')];
  await client.judging.mark({ verdict: 'malicious', sessions, contexts: [], reason: null });
  assert.deepEqual(await indicated(client), []);
});

test('messages: where one stands in each order, and how many have metadata', async (t) => {
  const client = await openCase(t);
  const query: MessageQuery = { scope: { of: 'case' }, filter: {}, sort: 'accessed', search: '' };
  const { rows, traced, total } = await client.messages.page(query, 0, 10);
  assert.deepEqual([traced, total], [2, 5]);
  for (const sort of ['accessed', 'sender', 'subject'] as const) {
    const sorted = (await client.messages.page({ ...query, sort }, 0, 10)).rows;
    for (const [index, { row }] of sorted.entries())
      assert.equal(await client.messages.position({ ...query, sort }, row), index);
  }
  const keys = [await keyOf(client, 'later')];
  const scope = { of: 'sessions', keys } as const;
  assert.equal((await client.messages.page({ ...query, scope }, 0, 1)).traced, 1);
  assert.equal(await client.messages.position({ ...query, scope }, rows[0]?.row ?? -1), -1);
});

test('a case closed twice, or after it closed, is closed', async (t) => {
  const client = await openCase(t);
  await Promise.all([client.close(), client.close()]);
  await client.close();
});

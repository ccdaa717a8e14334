import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { MessageQuery } from '../../source/case/case-service.ts';
import type { FollowedCase } from '../../source/case/start-case-service.ts';
import { serviceOn } from './followed-case.ts';
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

const openCase = async (context: TestContext): Promise<FollowedCase> => {
  const files = temporaryFolder(context);
  const folder = join(files, 'case');
  writeFileSync(join(files, 'trace.csv'), TRACE);
  await importInto(folder, [writeLines(files, 'audit.jsonl', AUDIT), join(files, 'trace.csv')]);
  return serviceOn(context, folder);
};

const sessionsOf = async (service: FollowedCase) =>
  (await service.sessions({ filter: {}, sort: 'firstSeen', search: '' }, 0, 10)).rows;

const indicated = async (service: FollowedCase): Promise<readonly string[]> =>
  (await sessionsOf(service))
    .filter(({ indicators }) => indicators.length > 0)
    .map(({ sessionId }) => sessionId ?? '');

const keyOf = async (service: FollowedCase, name: string): Promise<string> =>
  (await sessionsOf(service)).find(({ sessionId }) => sessionId === name)?.key ?? '';

test('an open row says that its address is judged malicious elsewhere', async (t) => {
  const service = await openCase(t);
  assert.deepEqual(await indicated(service), []);
  const mark = { verdict: 'malicious', contexts: [], reason: null } as const;
  await service.mark({ ...mark, sessions: [await keyOf(service, 'first')] });
  assert.deepEqual(await indicated(service), ['later']);
  const later = await keyOf(service, 'later');
  assert.deepEqual(
    (await service.contexts(later)).map(({ indicators }) => indicators),
    [[INTRUDER], []],
    'the context from there, not its neighbour',
  );
  await service.mark({ ...mark, verdict: 'benign', sessions: [later] });
  assert.deepEqual(await indicated(service), [], 'what is judged needs no hint');
  await service.undo();
  await service.undo();
  assert.deepEqual(await indicated(service), []);
});

test('an address of the service itself indicates nothing', async (t) => {
  const service = await openCase(t);
  const sessions = [await keyOf(service, 'proxy')];
  await service.mark({ verdict: 'malicious', sessions, contexts: [], reason: null });
  assert.deepEqual(await indicated(service), []);
});

test('messages: where one stands in each order, and how many have metadata', async (t) => {
  const service = await openCase(t);
  const query: MessageQuery = { scope: { of: 'case' }, filter: {}, sort: 'accessed', search: '' };
  const { rows, traced, total } = await service.messages(query, 0, 10);
  assert.deepEqual([traced, total], [2, 5]);
  for (const sort of ['accessed', 'sender', 'subject'] as const) {
    const sorted = (await service.messages({ ...query, sort }, 0, 10)).rows;
    for (const [index, { row }] of sorted.entries())
      assert.equal(await service.messagePosition({ ...query, sort }, row), index);
  }
  const keys = [await keyOf(service, 'later')];
  const scope = { of: 'sessions', keys } as const;
  assert.equal((await service.messages({ ...query, scope }, 0, 1)).traced, 1);
  assert.equal(await service.messagePosition({ ...query, scope }, rows[0]?.row ?? -1), -1);
});

test('a case closed twice, or after it closed, is closed', async (t) => {
  const service = await openCase(t);
  await Promise.all([service.close(), service.close()]);
  await service.close();
});

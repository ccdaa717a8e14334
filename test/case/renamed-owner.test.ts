import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bind } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

it('a mailbox is found by the name its owner had before, and by the new one', async (t) => {
  const owner = (MailboxOwnerUPN: string) => ({ MailboxOwnerUPN, UserId: 'app@fabrikam.example' });
  const made = await caseOf(t, [
    bind({ id: 1, at: '2026-09-01T00:00:00', over: owner('vera.maiden@contoso.example') }),
    bind({ id: 2, at: '2026-09-02T00:00:00', over: owner('vera.married@contoso.example') }),
    bind({ id: 3, mailbox: 'otto', session: 's-otto' }),
  ]);
  const theCase = caseOn(t, made.folder);
  const found = (user: string) =>
    [...theCase.sessions({ users: [user] })].map(({ sessionId }) => sessionId);
  for (const user of ['Vera.Maiden@contoso.example', 'vera.married@contoso.example', 'maiden'])
    assert.deepEqual(found(user), ['s-one'], user);
  assert.deepEqual(found('otto@contoso.example'), ['s-otto']);
  assert.deepEqual(found('nobody'), []);
});

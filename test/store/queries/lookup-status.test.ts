import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { LookupStatus } from '../../../source/store/queries/lookup-status.ts';
import { openRecords } from '../../../source/store/records/open-records.ts';
import { bind, mailboxGuid } from '../../case/made-records.ts';
import { caseOf } from '../../case/on-case.ts';

const statusOf = async (
  t: Parameters<typeof caseOf>[0],
  ...records: Parameters<typeof caseOf>[1]
) => {
  const { folder } = await caseOf(t, records);
  const db = openRecords(join(folder, 'records.db'));
  t.after(() => db.close());
  return new LookupStatus(db);
};

test('a mailbox has the addresses of its owner, now and before; what is no address is none', async (t) => {
  const owner = (MailboxOwnerUPN: string) => ({ MailboxOwnerUPN, UserId: 'app@fabrikam.example' });
  const status = await statusOf(
    t,
    bind({ id: 1, at: '2026-09-01T00:00:00', over: owner('vera.maiden@contoso.example') }),
    bind({ id: 2, at: '2026-09-02T00:00:00', over: owner('Vera.Married@contoso.example') }),
    bind({ id: 3, mailbox: 'otto', over: owner('S-1-5-21-otto') }),
  );
  assert.deepEqual(status.addresses(mailboxGuid('vera')), [
    'vera.married@contoso.example',
    'vera.maiden@contoso.example',
  ]);
  assert.deepEqual(status.addresses(mailboxGuid('otto')), []);
  assert.deepEqual(status.addresses('unknown'), []);
});

test('an id without a mailbox is wanted in each mailbox that has it, or nowhere', async (t) => {
  const status = await statusOf(
    t,
    bind({ id: 1, at: '2026-09-03T00:00:00', messages: ['shared'] }),
    bind({ id: 2, at: '2026-09-01T00:00:00', messages: ['shared'] }),
    bind({ id: 3, mailbox: 'otto', messages: ['shared'] }),
  );
  const key = { mailbox: null, internetMessageId: 'shared@fabrikam.example', itemId: null };
  const wanted = status.resolve(key);
  assert.deepEqual(wanted.map(({ mailbox }) => mailbox).toSorted(), [
    mailboxGuid('otto'),
    mailboxGuid('vera'),
  ]);
  const ofVera = status.resolve({
    ...key,
    mailbox: { guid: mailboxGuid('vera'), owner: 'vera@contoso.example' },
  });
  assert.equal(ofVera.length, 1);
  assert.equal(ofVera[0]?.firstAccess, '2026-09-01T00:00:00Z');
  assert.deepEqual(ofVera[0]?.itemIds, [], 'it is asked for by its message id');
  const [elsewhere] = status.resolve({ ...key, internetMessageId: 'none@x.example' });
  assert.deepEqual([elsewhere?.mailbox, elsewhere?.firstAccess], [null, null]);
});

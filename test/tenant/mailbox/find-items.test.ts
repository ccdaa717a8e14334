import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findItems } from '../../../source/tenant/mailbox/find-items.ts';
import { fullRegistration, ALL_PERMISSIONS } from '../../simulator/tenant-options.ts';
import { mailboxTenant } from './mailbox-tenant.ts';

const WITHOUT_TRANSLATING = fullRegistration({
  application: ['Mail.ReadBasic.All', ...ALL_PERMISSIONS.filter((one) => /^Mail|^Audit/.test(one))],
});

test('tenant.md 4.1: items are found by the ids of records, moved and deleted ones by the id that stays', async (t) => {
  const { asking, mailbox, mails, tenant } = await mailboxTenant(t);
  const items = mails.map(({ mail: { itemId, immutableId } }) => ({ itemId, immutableId }));
  const of = { name: mailbox.upn, guid: mailbox.guid };
  const ends = await findItems(asking, of, items);
  for (const [at, { mail, where }] of mails.entries()) {
    const end = ends.get(items[at]!);
    if (where === 'purged') assert.equal(end?.result, 'none', mail.itemId);
    else
      assert.equal(end?.result === 'found' ? end.hits[0]?.['subject'] : end, mail.subject, where);
  }
  const writes = tenant.log.writes().map(({ url }) => decodeURIComponent(url));
  assert.deepEqual([...new Set(writes)].sort(), [
    '/v1.0/$batch',
    `/v1.0/users/${mailbox.upn}/translateExchangeIds`,
  ]);
  assert.equal(tenant.services.concurrency.peak(), 4);
});

test('where translating is not permitted, what may have moved is not said to be missing', async (t) => {
  const registrations = [WITHOUT_TRANSLATING];
  const { asking, mailbox, mails } = await mailboxTenant(t, { registrations });
  const items = mails.map(({ mail: { itemId, immutableId } }, at) => ({
    itemId,
    // Older records have none.
    immutableId: at % 2 === 0 ? immutableId : null,
  }));
  const ends = await findItems(asking, { name: mailbox.upn, guid: mailbox.guid }, items);
  for (const [at, { where }] of mails.entries()) {
    const there = where === 'in-place' || where === 'copied';
    const expected = there ? 'found' : at % 2 === 0 ? 'untranslated' : 'none';
    assert.equal(ends.get(items[at]!)?.result, expected, where);
  }
});

test('without the GUID of the mailbox the tenant translates; what is no id is asked for nowhere', async (t) => {
  const { asking, mailbox, mails, tenant } = await mailboxTenant(t);
  const { mail } = mails.find(({ where }) => where === 'in-place')!;
  const [good, bad] = [
    { itemId: mail.itemId, immutableId: null },
    { itemId: 'no id at all', immutableId: null },
  ];
  const ends = await findItems(asking, { name: mailbox.upn, guid: null }, [good, bad]);
  assert.equal(ends.get(good)?.result, 'found');
  assert.equal(ends.get(bad)?.result, 'none');
  assert.equal(tenant.log.matching(/translateExchangeIds/).length, 1);
});

test('a mailbox that does not open closes all of its items', async (t) => {
  const { asking, mailbox, mails } = await mailboxTenant(t, {
    mail: { applicationScope: [], takes: 0 },
  });
  const items = mails.slice(0, 25).map(({ mail }) => ({ itemId: mail.itemId, immutableId: null }));
  const ends = await findItems(asking, { name: mailbox.upn, guid: mailbox.guid }, items);
  assert.deepEqual([...new Set([...ends.values()].map(({ result }) => result))], ['closed']);
  assert.equal(ends.size, 25);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMessages, type MailboxResult } from '../../../source/tenant/mailbox/find-messages.ts';
import { messagesPath } from '../../../source/tenant/mailbox/mailbox-paths.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import type { Whereabouts } from '../../simulator/mail/mailbox-content.ts';
import { mailboxTenant } from './mailbox-tenant.ts';

const HITS: Readonly<Record<Whereabouts, number>> = {
  'in-place': 1,
  moved: 1,
  copied: 2,
  'soft-deleted': 1,
  purged: 0,
};

const hitsOf = (result: MailboxResult | undefined): number =>
  result?.result === 'found' ? result.hits.length : result?.result === 'none' ? 0 : NaN;

test('an id arrives as it is, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
      const place = messagesPath("o'neil+x@contoso.example", null, id);
      assert.match(place, /^[\w/.?&=$%~,@-]+$/);
      const [path = '', query = ''] = place.split('?');
      assert.equal(decodeURIComponent(path), "/users/o'neil+x@contoso.example/messages");
      const filter = decodeURIComponent(/^\$filter=([^&]*)&/.exec(query)?.[1] ?? '');
      assert.equal(filter, `internetMessageId eq '<${id.replaceAll("'", "''")}>'`);
      // As a form would be read, too: a plus must not become a space.
      assert.equal(new URLSearchParams(query).get('$filter'), filter);
    }),
    { examples: [["a'b+c/d#e&f%g?h=i<j>@k"], ['%2B'], ["''"]] },
  );
});

test('every message is found where it is, in all copies, and none that is not asked for', async (t) => {
  const { asking, mailbox, mails, tenant, kept } = await mailboxTenant(t);
  const named = mails.filter(({ mail }) => !mail.unidentified);
  assert.ok(named.some(({ mail }) => mail.messageId.includes('+')));
  const wheres = new Set<Whereabouts>();
  for (let at = 0; at < named.length; at += 20) {
    const some = named.slice(at, at + 20);
    const ids = some.map(({ mail }) => mail.messageId);
    const found = await findMessages(asking, mailbox.upn, ids);
    for (const { mail, where } of some) {
      wheres.add(where);
      const result = found.get(mail.messageId);
      assert.equal(hitsOf(result), HITS[where], `${mail.messageId} is ${where}`);
      if (result?.result !== 'found') continue;
      for (const hit of result.hits) {
        assert.equal(hit['subject'], mail.subject);
        assert.equal('body' in hit || 'bodyPreview' in hit, false);
      }
    }
  }
  assert.equal(wheres.size, 5, 'the case has one of each');
  assert.equal(tenant.services.concurrency.peak(), 4);
  const batches = tenant.log.writes();
  assert.ok(batches.every(({ url, status }) => url === '/v1.0/$batch' && status === 200));
  assert.equal(kept.length, batches.length);
  const inner = tenant.log.entries.filter((one) => one.inner);
  assert.ok(inner.every(({ method, status }) => method === 'GET' && status === 200));
});

test('what is put off inside a batch is asked for again, and nothing else, when all may', async (t) => {
  for (const fault of ['batch-inner-429', 'batch-inner-503', 'mail-throttled'] as const)
    await t.test(fault, async (each) => {
      const { asking, mailbox, mails, tenant, waits } = await mailboxTenant(each);
      const ids = mails
        .filter(({ mail, where }) => where === 'in-place' && !mail.unidentified)
        .slice(0, 20)
        .map(({ mail }) => mail.messageId);
      tenant.faults.inject(fault, { times: 3, retryAfter: 7 });
      const before = tenant.clock.now();
      const found = await findMessages(asking, mailbox.upn, ids);
      assert.deepEqual(
        ids.map((id) => hitsOf(found.get(id))),
        ids.map(() => 1),
      );
      assert.equal(tenant.faults.struck(fault), 3);
      assert.equal(tenant.log.entries.filter((one) => one.inner).length, 23);
      const waited = tenant.clock.now() - before;
      assert.ok(fault === 'batch-inner-503' || waited >= 7000, `${waited}`);
      assert.equal(waits.length, 1);
    });
});

test('a mailbox that does not open, and one that is gone, are each a mailbox that is closed', async (t) => {
  const scope: TenantOptions = { mail: { applicationScope: [], takes: 0 } };
  const { asking, mailbox, mails, tenant } = await mailboxTenant(t, scope);
  const ids = [mails[0]!.mail.messageId, mails[1]!.mail.messageId];
  const codes = async (name: string) =>
    [...(await findMessages(asking, name, ids)).values()].map((one) =>
      one.result === 'closed' ? one.refusal.codes[0] : one.result,
    );
  assert.deepEqual(await codes(mailbox.upn), ['ErrorAccessDenied', 'ErrorAccessDenied']);
  assert.deepEqual(await codes('left@contoso.example'), ['ErrorInvalidUser', 'ErrorInvalidUser']);
  assert.deepEqual(await codes(tenant.analyst.upn), [
    'MailboxNotEnabledForRESTAPI',
    'MailboxNotEnabledForRESTAPI',
  ]);
});

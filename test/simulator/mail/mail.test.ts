import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { askTenant, nextLinkOf, valuesOf } from '../ask-tenant.ts';
import type { Fields } from '../ask-tenant.ts';
import type { TenantOptions } from '../tenant-options.ts';
import type { StoredMessage } from './mailbox-content.ts';
import { whereaboutsOf } from './mailbox-content.ts';
import type { Whereabouts } from './mailbox-content.ts';
import { mailOf } from '../../../scripts/generator/mail.ts';
import type { Mail } from '../../../scripts/generator/mail.ts';

const mailTenant = async (t: TestContext, options: TenantOptions = {}) => {
  const asking = await askTenant(t, { mail: { takes: 0 }, ...options });
  const { plan } = asking.tenant.content;
  const mailbox = plan.company.mailboxes[1]!;
  const root = `/v1.0/users/${mailbox.upn}`;
  const content = asking.tenant.services.mail.contentOf(mailbox);
  const mailThat = (wanted: Whereabouts, holds: (mail: Mail) => boolean = () => true): Mail => {
    for (let number = 0; number < plan.mailCount; number += 1) {
      const mail = mailOf(plan.company, mailbox, number, plan.start);
      const where = whereaboutsOf(plan, mailbox, number);
      if (where === wanted && !mail.unidentified && holds(mail)) return mail;
    }
    throw new Error(`No mail is ${wanted}.`);
  };
  const find = (id: string, folder = '', more = ''): string =>
    `${root}${folder}/messages?$filter=${encodeURIComponent(`internetMessageId eq '${id}'`)}${more}`;
  return { ...asking, mailbox, root, content, mailThat, find };
};

const idOf = (mail: Mail): string => `<${mail.messageId}>`;

/** REST ids as `tenant.md` 4.1 builds them, written down once more. */
const builtRestId = (guid: string, auditId: string): string => {
  const entry = Buffer.from(auditId, 'base64').subarray(1, -1);
  const head = Buffer.from([0, 3, 0x24, 0]);
  const middle = Buffer.from([0, entry.length, 0]);
  const bytes = Buffer.concat([head, Buffer.from(guid, 'ascii'), middle, entry]);
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
};

const entryText = (auditId: string): string => {
  const text = Buffer.from(auditId, 'base64').subarray(1, -1).toString('base64');
  const bare = text.replaceAll('=', '');
  return `${bare.replaceAll('+', '-').replaceAll('/', '_')}${text.length - bare.length}`;
};

test('a message is found by its exact id: encoded well, with brackets, in its case', async (t) => {
  const { get, find, mailThat, root } = await mailTenant(t);
  const mail = mailThat('in-place', ({ messageId }) => messageId.includes('+'));
  const [found] = valuesOf((await get(find(idOf(mail)))).body);
  assert.equal(found?.['internetMessageId'], idOf(mail));
  assert.equal(found?.['subject'], mail.subject);
  assert.equal(found?.['from']?.['emailAddress']?.['address'], mail.sender);
  for (const other of [mail.messageId, idOf(mail).toUpperCase(), idOf(mail).slice(0, -2)])
    assert.deepEqual(valuesOf((await get(find(other))).body), [], other);
  const raw = `${root}/messages?$filter=internetMessageId%20eq%20'${idOf(mail)}'`;
  assert.ok(raw.includes('+'));
  assert.deepEqual(valuesOf((await get(raw)).body), [], 'a raw + is a space');
  assert.equal(valuesOf((await get(raw.replaceAll('+', '%2B'))).body).length, 1);
  assert.equal((await get(`${root}/messages?$filter=subject eq 'x'`)).status, 400);
});

test('copies are all found; what was deleted only in Recoverable Items; what was purged nowhere', async (t) => {
  const { get, find, mailThat } = await mailTenant(t);
  const recoverable = '/mailFolders/recoverableitemsdeletions';
  const hits = async (wanted: Whereabouts, folder = ''): Promise<number> =>
    valuesOf((await get(find(idOf(mailThat(wanted)), folder))).body).length;
  assert.equal(await hits('copied'), 2);
  assert.equal(await hits('in-place'), 1);
  assert.equal(await hits('moved'), 1);
  assert.equal(await hits('soft-deleted'), 0);
  assert.equal(await hits('soft-deleted', recoverable), 1);
  assert.equal(await hits('purged'), 0);
  assert.equal(await hits('purged', recoverable), 0);
});

test('ids of records turn into REST ids, until a message is moved', async (t) => {
  const { get, root, mailbox, mailThat } = await mailTenant(t);
  const statusOf = async (id: string) => {
    const { status, body } = await get(`${root}/messages/${id}`);
    return [status, body['error']?.['code'] ?? body['internetMessageId']];
  };
  const still = mailThat('in-place');
  const rest = builtRestId(mailbox.guid, still.itemId);
  assert.deepEqual(await statusOf(rest), [200, idOf(still)]);
  for (const wanted of ['moved', 'purged', 'soft-deleted'] as const) {
    const stale = builtRestId(mailbox.guid, mailThat(wanted).itemId);
    assert.deepEqual(await statusOf(stale), [404, 'ErrorItemNotFound'], wanted);
  }
  for (const wrong of ['AAMk', '%20', encodeURIComponent(still.itemId)])
    assert.deepEqual(await statusOf(wrong), [400, 'ErrorInvalidIdMalformed']);
  const elsewhere = builtRestId('00000000-0000-0000-0000-000000000000', still.itemId);
  assert.deepEqual(await statusOf(elsewhere), [400, 'ErrorInvalidIdMalformed']);
});

test('ids are translated, immutable ones find a message wherever it is', async (t) => {
  const { get, post, root, mailbox, mailThat, find } = await mailTenant(t);
  const translate = async (inputIds: readonly string[], from: string, to: string) => {
    const body = { inputIds, sourceIdType: from, targetIdType: to };
    return valuesOf((await post(`${root}/translateExchangeIds`, body)).body);
  };
  const [still, moved] = [mailThat('in-place'), mailThat('moved')];
  const [one, wrong] = await translate([entryText(still.itemId), '??'], 'entryId', 'restId');
  assert.equal(one?.['targetId'], builtRestId(mailbox.guid, still.itemId));
  assert.equal(wrong?.['sourceId'], '??');
  assert.ok(wrong?.['errorDetails']);
  const immutable = await translate(
    [entryText(moved.immutableId)],
    'immutableEntryId',
    'restImmutableEntryId',
  );
  const id = String(immutable[0]?.['targetId']);
  assert.match(id, /^AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A/u);
  const prefer = { headers: { prefer: 'IdType="ImmutableId"' } };
  const { body } = await get(`${root}/messages/${id}`, prefer);
  assert.equal(body['internetMessageId'], idOf(moved));
  assert.equal(body['id'], id);
  const [listed] = valuesOf((await get(find(idOf(moved)), prefer)).body);
  assert.equal(listed?.['id'], id);
  const [back] = await translate([id], 'restImmutableEntryId', 'restId');
  assert.equal((await get(`${root}/messages/${String(back?.['targetId'])}`)).status, 200);
  const many = { inputIds: Array.from({ length: 1001 }, () => 'x') };
  const refused = { ...many, sourceIdType: 'entryId', targetIdType: 'restId' };
  assert.equal((await post(`${root}/translateExchangeIds`, refused)).status, 400);
});

test('items of the audit records lie in their mailboxes', async (t) => {
  const { tenant } = await mailTenant(t);
  let [compared, stale] = [0, 0];
  for (const { entry } of tenant.content.rows) {
    if (entry.kind !== 'access' || entry.what.type !== 'bind') continue;
    const content = tenant.services.mail.contentOf(entry.mailbox);
    for (const { mail } of entry.what.items) {
      const hex = Buffer.from(mail.itemId, 'base64').subarray(1, -1).toString('hex');
      compared += 1;
      const found: StoredMessage | undefined = content.byEntry.get(hex);
      if (found) assert.equal(found.mail.messageId, mail.messageId);
      else stale += 1;
    }
  }
  assert.ok(compared > 100 && stale > 0 && stale < compared / 3);
});

test('lists: ten by default, a thousand at most, only what is selected, folders', async (t) => {
  const { get, all, root, content } = await mailTenant(t);
  const first = await get(`${root}/messages?$select=subject`);
  assert.equal(valuesOf(first.body).length, 10);
  assert.deepEqual(Object.keys(valuesOf(first.body)[0] ?? {}), ['id', 'subject']);
  assert.ok(nextLinkOf(first.body));
  const kept = content.messages.filter(({ folder }) => folder !== null);
  assert.equal((await all(`${root}/messages?$top=50`)).length, kept.length);
  assert.equal((await get(`${root}/messages?$top=1001`)).status, 400);
  const folders = valuesOf((await get(`${root}/mailFolders`)).body);
  const hidden = valuesOf((await get(`${root}/mailFolders?includeHiddenFolders=true`)).body);
  assert.equal(hidden.length, folders.length + 1);
  const byName = await all(`${root}/mailFolders/inbox/messages?$top=100&$select=parentFolderId`);
  const byId = await all(`${root}/mailFolders/${String(folders[0]?.['id'])}/messages?$top=100`);
  assert.deepEqual(
    new Set(byName.map((one) => String(one['parentFolderId']))),
    new Set([String(folders[0]?.['id'])]),
  );
  assert.deepEqual(
    byId.map(({ id }) => String(id)),
    byName.map(({ id }) => String(id)),
  );
  assert.equal((await get(`${root}/mailFolders/nowhere/messages`)).status, 404);
});

test('a whole message as MIME, its headers, its attachments', async (t) => {
  const { get, root, mailbox, all } = await mailTenant(t);
  const messages = await all(`${root}/messages?$top=500&$select=hasAttachments,internetMessageId`);
  const message = messages.find((one) => String(one['hasAttachments']) === 'true')!;
  const path = `${root}/messages/${String(message['id'])}`;
  const mime = await get(`${path}/$value`);
  assert.match(mime.headers.get('content-type') ?? '', /^text\/plain/u);
  assert.match(mime.text, /^MIME-Version: 1\.0\r\nFrom: /u);
  if (String(message['internetMessageId']) !== 'null')
    assert.ok(mime.text.includes(`Message-ID: ${String(message['internetMessageId'])}\r\n`));
  const headers = (await get(`${path}?$select=internetMessageHeaders`)).body;
  assert.equal(headers['internetMessageHeaders']?.[0]?.['name'], 'From');
  const [attachment] = valuesOf((await get(`${path}/attachments`)).body);
  const one = `${path}/attachments/${String(attachment?.['id'])}`;
  const bytes = await get(`${one}/$value`);
  assert.equal(bytes.text.length, attachment?.['size']);
  assert.equal(
    Buffer.from(String((await get(one)).body['contentBytes']), 'base64').toString(),
    bytes.text,
  );
  assert.ok(mime.text.includes(Buffer.from(bytes.text).toString('base64')));
  assert.equal((await get(`${path}/attachments/x`)).status, 404);
  assert.ok(mailbox.guid);
});

test('who may look: basic without bodies, applications in their scope, people in what is shared', async (t) => {
  const { tenant, get, use, mailbox, root, mailThat, find } = await mailTenant(t);
  const mail = mailThat('in-place');
  const denied = async (path: string): Promise<void> => {
    const { status, body } = await get(path);
    assert.deepEqual([status, body['error']?.['code']], [403, 'ErrorAccessDenied']);
  };
  use(tenant.tokenFor(['Mail.ReadBasic.All']));
  const [found] = valuesOf((await get(find(idOf(mail)))).body);
  assert.equal('bodyPreview' in (found ?? {}), false);
  await denied(`${root}/messages/${String(found?.['id'])}/$value`);
  await denied(`${root}/messages/${String(found?.['id'])}/attachments`);
  use(tenant.tokenFor(['Mail.Read'], { person: mailbox }));
  assert.equal((await get('/v1.0/me/messages')).status, 200);
  await denied(`/v1.0/users/${tenant.content.plan.company.mailboxes[0]!.upn}/messages`);
  use(tenant.tokenFor(['Mail.Read.Shared'], { person: tenant.analyst }));
  assert.equal((await get(`${root}/messages`)).status, 200);
  assert.equal((await get(`/v1.0/users/nobody@contoso.example/messages`)).status, 404);
  assert.equal(
    (await get('/v1.0/me/messages')).body['error']?.['code'],
    'MailboxNotEnabledForRESTAPI',
  );
});

test('an application outside of its scope, a person without the share', async (t) => {
  const scope = { takes: 0, applicationScope: ['nobody@contoso.example'], sharedWithAnalyst: [] };
  const { tenant, get, use, root } = await mailTenant(t, { mail: scope });
  assert.equal((await get(`${root}/messages`)).status, 403);
  use(tenant.tokenFor(['Mail.Read.Shared'], { person: tenant.analyst }));
  assert.equal((await get(`${root}/messages`)).status, 403);
});

test('four requests at a time in a mailbox, the fifth is refused', async (t) => {
  const { tenant, get, root } = await mailTenant(t);
  const release = tenant.services.concurrency.hold();
  const waiting = Array.from({ length: 5 }, () => get(`${root}/messages`));
  const refused = await Promise.race(waiting);
  assert.equal(refused.status, 429);
  assert.equal(refused.body['error']?.['code'], 'ApplicationThrottled');
  assert.match(String(refused.body['error']?.['message']), /MailboxConcurrency/u);
  assert.ok(refused.headers.get('retry-after'));
  const other = tenant.content.plan.company.mailboxes[2]!;
  const elsewhere = get(`/v1.0/users/${other.upn}/messages`);
  release();
  assert.equal((await elsewhere).status, 200);
  const statuses = (await Promise.all(waiting)).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 200, 200, 200, 429]);
  assert.equal(tenant.services.concurrency.peak(), 4);
  tenant.faults.inject('mail-throttled');
  assert.equal((await get(`${root}/messages`)).status, 429);
});

test('a batch: twenty at most, answered in no order, each on its own', async (t) => {
  const { tenant, get, post, mailbox, mailThat, root } = await mailTenant(t);
  const still = builtRestId(mailbox.guid, mailThat('in-place').itemId);
  const stale = builtRestId(mailbox.guid, mailThat('moved').itemId);
  const urls = Array.from(
    { length: 20 },
    (_, index) =>
      `/users/${mailbox.upn}/messages/${index === 7 ? stale : still}${index === 3 ? '/$value' : ''}`,
  );
  const parts = urls.map((url, index) => ({ id: String(index), method: 'GET', url }));
  const { status, body } = await post('/v1.0/$batch', { requests: parts });
  assert.equal(status, 200);
  const responses = body['responses'] as unknown as readonly Fields[];
  const ids = responses.map(({ id }) => Number(id));
  assert.notDeepEqual(
    ids,
    parts.map(({ id }) => Number(id)),
  );
  assert.deepEqual(
    ids.toSorted((a, b) => a - b),
    parts.map(({ id }) => Number(id)),
  );
  for (const { id, status: answered, body: part } of responses) {
    assert.equal(answered, Number(id) === 7 ? 404 : 200);
    if (Number(id) === 3)
      assert.match(Buffer.from(String(part), 'base64').toString(), /^MIME-Version/u);
  }
  assert.equal(tenant.log.entries.filter(({ inner }) => inner).length, 20);
  const wrong = [
    [...parts, { id: '20', method: 'GET', url: '/me' }],
    [parts[0], parts[0]],
    [{ method: 'GET', url: '/me' }],
    [],
  ];
  for (const requests of wrong)
    assert.equal((await post('/v1.0/$batch', { requests })).status, 400);
  assert.equal((await get(`${root}/messages`)).status, 200);
});

test('a batch: throttled inside of 200, dependencies, writes that are not allowed', async (t) => {
  const { tenant, post, mailbox } = await mailTenant(t);
  const url = `/users/${mailbox.upn}/messages?$top=1`;
  const batch = async (requests: readonly object[]) => {
    const { status, body } = await post('/v1.0/$batch', { requests });
    assert.equal(status, 200);
    const responses = body['responses'] as unknown as readonly Fields[];
    return new Map(responses.map((one) => [String(one['id']), one]));
  };
  const two = ['a', 'b'].map((id) => ({ id, method: 'GET', url }));
  tenant.faults.inject('batch-inner-429', { retryAfter: 4 });
  const throttled = await batch(two);
  assert.deepEqual([...throttled.values()].map(({ status }) => Number(status)).sort(), [200, 429]);
  const refused = [...throttled.values()].find(({ status }) => Number(status) === 429);
  assert.equal(refused?.['headers']?.['Retry-After'], '4');
  tenant.faults.inject('batch-inner-503');
  const unavailable = await batch(two);
  assert.deepEqual(
    [...unavailable.values()].map(({ status }) => Number(status)).sort(),
    [200, 503],
  );
  const chained = await batch([
    { id: '1', method: 'GET', url: '/users/nobody/messages' },
    { id: '2', method: 'GET', url, dependsOn: ['1'] },
    { id: '3', method: 'DELETE', url },
    { id: '4', method: 'POST', url: '/$batch', body: { requests: [] } },
  ]);
  const statuses = ['1', '2', '3', '4'].map((id) => Number(chained.get(id)?.['status']));
  assert.deepEqual(statuses, [404, 424, 405, 400]);
});

test('two batches at once meet the limit of a mailbox inside', async (t) => {
  const { tenant, post, mailbox } = await mailTenant(t);
  const requests = Array.from({ length: 6 }, (_, id) => ({
    id: String(id),
    method: 'GET',
    url: `/users/${mailbox.upn}/messages?$top=1`,
  }));
  const release = tenant.services.concurrency.hold();
  const both = [post('/v1.0/$batch', { requests }), post('/v1.0/$batch', { requests })];
  // The second batch does not wait for anybody: it is refused inside, and answers.
  const first = await Promise.race(both);
  const statuses = (first.body['responses'] as unknown as readonly Fields[]).map(({ status }) =>
    Number(status),
  );
  assert.deepEqual(new Set(statuses), new Set([429]));
  release();
  assert.deepEqual(
    (await Promise.all(both)).map(({ status }) => status),
    [200, 200],
  );
  assert.equal(tenant.services.concurrency.peak(), 4);
});

test('who and what: me, a user, the organization', async (t) => {
  const { tenant, get, use, mailbox } = await mailTenant(t);
  assert.equal((await get('/v1.0/me')).status, 400, 'an application is nobody');
  use(tenant.tokenFor(['User.Read', 'User.ReadBasic.All'], { person: tenant.analyst }));
  assert.equal((await get('/v1.0/me')).body['userPrincipalName'], tenant.analyst.upn);
  assert.equal(
    (await get(`/v1.0/users/${mailbox.objectId}`)).body['userPrincipalName'],
    mailbox.upn,
  );
  assert.equal((await get('/v1.0/users/nobody')).status, 404);
  assert.equal(valuesOf((await get('/v1.0/organization')).body)[0]?.['id'], tenant.tenantId);
});

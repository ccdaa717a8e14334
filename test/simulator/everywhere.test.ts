import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { askTenant } from './ask-tenant.ts';
import { FAULT_NAMES, FAULTS } from './fault-list.ts';
import type { FaultName } from './fault-list.ts';

const QUERIES = '/v1.0/security/auditLog/queries';

test('answers name the request, the client’s own id and the time of the tenant', async (t) => {
  const { tenant, get } = await askTenant(t);
  const own = '5e0c1b1e-7a52-4f0e-9f0c-000000000001';
  const { headers, body, status } = await get('/v1.0/users/nobody', {
    headers: { 'client-request-id': own },
  });
  assert.equal(status, 404);
  assert.equal(headers.get('client-request-id'), own);
  assert.match(headers.get('request-id') ?? '', /^[\da-f-]{36}$/u);
  assert.equal(Date.parse(headers.get('date') ?? ''), tenant.clock.now());
  assert.ok(headers.get('x-ms-ags-diagnostic'));
  const inner = body['error']?.['innerError'];
  assert.equal(inner?.['client-request-id'], own);
  assert.equal(inner?.['request-id'], headers.get('request-id'));
});

test('only a token for this host that still counts is let in', async (t) => {
  const { tenant, get, use } = await askTenant(t);
  const refused = async (said: RegExp): Promise<void> => {
    const { status, body, headers } = await get(QUERIES);
    assert.equal(status, 401);
    assert.equal(body['error']?.['code'], 'InvalidAuthenticationToken');
    assert.match(String(body['error']?.['message']), said);
    assert.match(headers.get('www-authenticate') ?? '', /^Bearer /u);
  };
  use(null);
  await refused(/empty/u);
  use('made-up');
  await refused(/parsing failed/u);
  use(tenant.tokenFor(['ActivityFeed.Read'], { resource: 'management' }));
  await refused(/audience/u);
  use(tenant.tokenFor(['AuditLogsQuery.Read.All']));
  assert.equal((await get(QUERIES)).status, 200);
  tenant.clock.advance(3_600_000);
  await refused(/expired/u);
});

test('paths that are not there, and methods that a path does not take', async (t) => {
  const { get, post } = await askTenant(t);
  const missing = await get('/v1.0/security/alerts');
  assert.equal(missing.status, 400);
  assert.match(missing.text, /Resource not found for the segment 'security'/u);
  assert.equal((await get('/v2.0/me')).status, 400);
  assert.equal((await post('/v1.0/organization', {})).status, 405);
  assert.equal((await get('/v1.0/%zz')).status, 400);
});

test('every permission is asked for', async (t) => {
  const { tenant, get, post, use } = await askTenant(t);
  const upn = tenant.content.plan.company.mailboxes[0]?.upn ?? '';
  const asked: readonly (readonly [path: string, enough: string, code: string])[] = [
    [QUERIES, 'AuditLogsQuery-Exchange.Read.All', 'InsufficientPrivileges'],
    [
      '/v1.0/admin/exchange/tracing/messageTraces',
      'ExchangeMessageTrace.Read.All',
      'Authorization_RequestDenied',
    ],
    [`/v1.0/users/${upn}/messages`, 'Mail.ReadBasic.All', 'ErrorAccessDenied'],
    ['/v1.0/organization', 'Organization.Read.All', 'Authorization_RequestDenied'],
    [`/v1.0/users/${upn}`, 'User.Read.All', 'Authorization_RequestDenied'],
    ['/v1.0/servicePrincipals', 'Application.Read.All', 'Authorization_RequestDenied'],
  ];
  for (const [path, enough, code] of asked) {
    use(tenant.tokenFor([]));
    const denied = await get(path);
    assert.equal(denied.status, 403, path);
    assert.equal(denied.body['error']?.['code'], code);
    use(tenant.tokenFor([enough]));
    assert.equal((await get(path)).status, 200, path);
  }
  use(tenant.tokenFor([]));
  const translated = await post(`/v1.0/users/${upn}/translateExchangeIds`, {});
  assert.equal(translated.status, 403);
});

test('a claims challenge ends with a token that answers it; others are only told no', async (t) => {
  const { tenant, get, use } = await askTenant(t);
  const permissions = ['AuditLogsQuery.Read.All'];
  use(tenant.tokenFor(permissions, { canBeChallenged: true }));
  tenant.faults.inject('claims-challenge');
  const first = await get(QUERIES);
  assert.equal(first.status, 401);
  const header = first.headers.get('www-authenticate') ?? '';
  assert.match(header, /error="insufficient_claims"/u);
  const claims = JSON.parse(
    Buffer.from(/claims="([^"]+)"/u.exec(header)?.[1] ?? '', 'base64').toString(),
  ) as { access_token: { nbf: { value: string } } };
  assert.ok(claims.access_token.nbf.value);
  assert.equal((await get(QUERIES)).status, 401, 'it stays until it is answered');
  use(tenant.tokenFor(permissions, { canBeChallenged: true }));
  assert.equal((await get(QUERIES)).status, 401, 'a new token without the claims is no answer');
  use(tenant.tokenFor(permissions));
  assert.equal((await get(QUERIES)).status, 200, 'who cannot be challenged needs a newer token');
});

const STATUS: Partial<Record<FaultName, number>> = {
  'server-error-500': 500,
  'bad-gateway-502': 502,
  'unavailable-503': 503,
  'unavailable-503-silent': 503,
  'gateway-timeout-504': 504,
  'throttled-429': 429,
  'throttled-429-date': 429,
  'throttled-429-silent': 429,
  'token-rejected': 401,
  'forbidden-for-now': 403,
  redirect: 302,
};

for (const [name, status] of Object.entries(STATUS) as [FaultName, number][])
  test(`${name}: ${FAULTS[name].says}`, async (t) => {
    const { tenant, get } = await askTenant(t);
    tenant.faults.inject(name, { retryAfter: 7 });
    const { status: answered, headers } = await get(QUERIES);
    assert.equal(answered, status);
    const wait = headers.get('retry-after');
    if (name === 'throttled-429-date')
      assert.equal(Date.parse(wait ?? ''), tenant.clock.now() + 7000);
    else assert.equal(wait, /^(unavailable-503|throttled-429)$/u.test(name) ? '7' : null);
    assert.equal(tenant.faults.struck(name), 1);
    const again = await get(QUERIES);
    assert.equal(again.status, name === 'token-rejected' ? 401 : 200);
  });

test('connections end before the answer, after the work, and within the answer', async (t) => {
  const { tenant, get, post } = await askTenant(t);
  const body = { displayName: 'lost', operationFilters: ['MailItemsAccessed'] };
  tenant.faults.inject('connection-reset');
  await assert.rejects(post(QUERIES, body));
  assert.equal(tenant.services.audit.queries.size, 0);
  tenant.faults.inject('answer-lost');
  await assert.rejects(post(QUERIES, body));
  assert.equal(tenant.services.audit.queries.size, 1);
  tenant.faults.inject('answer-cut');
  await assert.rejects(get(QUERIES));
  assert.deepEqual(
    tenant.log.entries.map(({ status }) => status),
    [null, null, null],
  );
});

test('a fault strikes as often, as late and where it is told, and the same way for a seed', async (t) => {
  const { tenant, get } = await askTenant(t);
  const statuses = async (count: number): Promise<number[]> => {
    const list: number[] = [];
    for (let i = 0; i < count; i += 1) list.push((await get(QUERIES)).status);
    return list;
  };
  tenant.faults.inject('server-error-500', { times: 2, skip: 1 });
  assert.deepEqual(await statuses(4), [200, 500, 500, 200]);
  tenant.faults.inject('server-error-500', { only: /organization/u });
  assert.deepEqual(await statuses(1), [200]);
  assert.equal((await get('/v1.0/organization')).status, 500);
  tenant.faults.inject('gateway-timeout-504', { probability: 0.5, times: Infinity });
  const mixed = await statuses(20);
  tenant.faults.clear();
  assert.equal(new Set(mixed).size, 2);
  assert.deepEqual(await statuses(2), [200, 200]);
  const other = await askTenant(t);
  other.tenant.faults.inject('gateway-timeout-504', { probability: 0.5, times: Infinity });
  const repeated: number[] = [];
  for (let i = 0; i < 20; i += 1) repeated.push((await other.get(QUERIES)).status);
  assert.deepEqual(repeated, mixed);
});

test('all requests are in the log, and those that write are told apart', async (t) => {
  const { tenant, get, post } = await askTenant(t);
  await get(`${QUERIES}?$top=5`);
  await post(QUERIES, { operationFilters: ['MailItemsAccessed'] });
  assert.deepEqual(
    tenant.log.entries.map(({ host, method, url, status }) => [host, method, url, status]),
    [
      ['graph', 'GET', `${QUERIES}?$top=5`, 200],
      ['graph', 'POST', QUERIES, 201],
    ],
  );
  assert.deepEqual(
    tenant.log.writes().map(({ body }) => body),
    ['{"operationFilters":["MailItemsAccessed"]}'],
  );
  assert.match(tenant.log.entries[0]?.headers['authorization'] ?? '', /^Bearer /u);
});

test('each fault says in a sentence what it does', () => {
  assert.ok(FAULT_NAMES.length > 30);
  for (const name of FAULT_NAMES) assert.match(FAULTS[name].says, /^\S.+\.$/u);
});

test('nothing here is taken from the product, so that one misreading is not made twice', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname });
  assert.ok(files.length > 50);
  for (const file of files) {
    const text = readFileSync(`${import.meta.dirname}/${file}`, 'utf8');
    assert.doesNotMatch(text, /from '[./]*source\//u, file);
  }
});

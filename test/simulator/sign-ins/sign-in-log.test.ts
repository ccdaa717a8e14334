import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askTenant, nextLinkOf, valuesOf } from '../ask-tenant.ts';
import type { Fields } from '../ask-tenant.ts';
import { signInEntries } from './sign-in-entries.ts';

const ROWS = { rows: 1200, signIns: { perTenSeconds: 1000 } };
const url = (version: string, filter: string, more = ''): string =>
  `/${version}/auditLogs/signIns?$filter=${encodeURIComponent(filter)}${more}`;
const idsOf = (rows: readonly Fields[]): string[] => rows.map(({ id }) => String(id));

test('v1.0: interactive only, the last 30 days, newest first, without the fields of beta', async (t) => {
  const { tenant, all } = await askTenant(t, ROWS);
  const since = tenant.clock.now() / 1000 - 30 * 86_400;
  const { entries } = tenant.services.signIns;
  assert.ok(entries.some(({ at }) => at < since));
  const interactive = entries.filter(({ at, type }) => at >= since && type === 'interactiveUser');
  const rows = await all('/v1.0/auditLogs/signIns?$top=20');
  assert.deepEqual(
    idsOf(rows),
    interactive.map(({ id }) => id),
  );
  for (const row of rows) {
    assert.equal('sessionId' in row, false);
    assert.equal(row['isInteractive'], true);
  }
});

test('one user in a period; the spelling of the name counts', async (t) => {
  const { tenant, all } = await askTenant(t, ROWS);
  const entry = tenant.services.signIns.entries.find(({ type }) => type === 'interactiveUser')!;
  const at = new Date(entry.at * 1000).toISOString();
  const filter = (upn: string): string =>
    url(
      'v1.0',
      `userPrincipalName eq '${upn}' and createdDateTime ge ${at} and createdDateTime le ${at}`,
    );
  assert.deepEqual(idsOf(await all(filter(entry.userPrincipalName))), [entry.id]);
  const spelled = entry.userPrincipalName.replace(/^./u, (letter) => letter.toUpperCase());
  assert.deepEqual(await all(filter(spelled)), []);
});

test('what v1.0 does not know is 400 there; beta has it, one kind of event at a time', async (t) => {
  const { tenant, get, all } = await askTenant(t, ROWS);
  const kind = (type: string): string => `signInEventTypes/any(t: t eq '${type}')`;
  const refused = await get(url('v1.0', kind('nonInteractiveUser')));
  assert.equal(refused.status, 400);
  assert.match(refused.text, /Could not find a property named 'signInEventTypes'/u);
  for (const type of ['nonInteractiveUser', 'servicePrincipal', 'interactiveUser']) {
    const rows = await all(url('beta', kind(type)));
    assert.ok(rows.length > 0, type);
    for (const row of rows) assert.deepEqual(row['signInEventTypes'], [type]);
  }
  assert.deepEqual(await all(url('beta', kind('managedIdentity'))), []);
  assert.equal((await get(url('beta', "colour eq 'red'"))).status, 400);
  const session = tenant.services.signIns.entries.find(
    ({ sessionId, type }) => sessionId !== null && type === 'interactiveUser',
  )!;
  const [row] = await all(url('beta', `sessionId eq '${session.sessionId}'`));
  assert.equal(row?.['sessionId'], session.sessionId);
});

test('sessions and tokens of the records are there to be joined', async (t) => {
  const { tenant } = await askTenant(t, ROWS);
  const { entries } = tenant.services.signIns;
  assert.deepEqual(signInEntries(tenant.content.records, 1), entries);
  const sessions = new Set(entries.map(({ sessionId }) => sessionId));
  const tokens = new Set(entries.map(({ uniqueTokenIdentifier }) => uniqueTokenIdentifier));
  let joined = 0;
  for (const { data } of tenant.content.records) {
    const context = data['AppAccessContext'] as Record<string, string> | undefined;
    if (!context) continue;
    if (context['AADSessionId']) assert.ok(sessions.has(context['AADSessionId']));
    else assert.ok(tokens.has(context['UniqueTokenId'] ?? ''));
    joined += 1;
  }
  assert.ok(joined > 100);
});

test('five requests in ten seconds, and no word on how long to wait', async (t) => {
  const { tenant, get } = await askTenant(t);
  const path = '/v1.0/auditLogs/signIns';
  for (let i = 0; i < 5; i += 1) assert.equal((await get(path)).status, 200);
  const { status, headers } = await get(path);
  assert.deepEqual([status, headers.get('retry-after')], [429, null]);
  tenant.clock.advance(10_000);
  assert.equal((await get(path)).status, 200);
});

test('both permissions and a premium licence are needed', async (t) => {
  const { tenant, get, use } = await askTenant(t, { signIns: { premium: false } });
  const path = '/v1.0/auditLogs/signIns';
  const codeOf = async () => (await get(path)).body['error']?.['code'];
  assert.equal(await codeOf(), 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
  use(tenant.tokenFor(['AuditLog.Read.All']));
  assert.equal(await codeOf(), 'Authentication_MSGraphPermissionMissing');
});

test('pages end in _1, and now and then their token is not known', async (t) => {
  const { tenant, get } = await askTenant(t, ROWS);
  assert.equal((await get('/v1.0/auditLogs/signIns?$top=1001')).status, 400);
  const next = nextLinkOf((await get('/v1.0/auditLogs/signIns?$top=5')).body) ?? '';
  assert.match(next, /\$skiptoken=[\da-f]+_1$/u);
  tenant.faults.inject('sign-ins-skiptoken');
  assert.match((await get(next)).text, /Invalid Skip Token/u);
  assert.equal(valuesOf((await get(next)).body).length, 5);
});

const together = (...types: readonly string[]): string =>
  `signInEventTypes/any(t: ${types.map((type) => `t eq '${type}'`).join(' or ')})`;

test("a user's two kinds may be asked for together, an application's not with them", async (t) => {
  const kindsOf = (rows: readonly Fields[]): readonly string[] =>
    [...new Set(rows.map((row) => String(row['signInEventTypes'])))].sort();
  const both = url('beta', together('interactiveUser', 'nonInteractiveUser'));
  const { all, get } = await askTenant(t, ROWS);
  assert.deepEqual(kindsOf(await all(both)), ['interactiveUser', 'nonInteractiveUser']);
  const mixed = await get(url('beta', together('interactiveUser', 'servicePrincipal')));
  assert.equal(mixed.status, 400);
  const signIns = { ...ROWS.signIns, typesTogether: false };
  const other = await askTenant(t, { ...ROWS, signIns });
  assert.deepEqual(kindsOf(await other.all(both)), ['nonInteractiveUser']);
});

test('pages that never end, and a next page on another host', async (t) => {
  const { tenant, get } = await askTenant(t, ROWS);
  const first = '/v1.0/auditLogs/signIns?$top=5';
  const plain = valuesOf((await get(first)).body);
  tenant.faults.inject('sign-ins-endless', { times: 2 });
  const next = nextLinkOf((await get(first)).body) ?? '';
  const same = (await get(next)).body;
  assert.deepEqual(valuesOf(same), plain);
  assert.notEqual(nextLinkOf(same), next);
  tenant.faults.inject('sign-ins-next-elsewhere');
  const elsewhere = nextLinkOf((await get(first)).body) ?? '';
  assert.equal(new URL(elsewhere).origin, 'http://elsewhere.invalid');
});

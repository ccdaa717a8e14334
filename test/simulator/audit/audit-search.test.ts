import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { FaultName } from '../fault-list.ts';
import type { TenantOptions } from '../tenant-options.ts';
import { askTenant, valuesOf } from '../ask-tenant.ts';
import type { Asking, Fields } from '../ask-tenant.ts';

const QUERIES = '/beta/security/auditLog/queries';
const ACCESSES = { operationFilters: ['MailItemsAccessed'] };
const MINUTE = 60_000;

interface Queried extends Asking {
  readonly create: (filters: object) => Promise<string>;
  /** Runs to its end, and all its records. */
  readonly search: (filters: object, top?: number) => Promise<readonly Fields[]>;
}

const auditTenant = async (t: TestContext, options: TenantOptions = {}): Promise<Queried> => {
  const asking = await askTenant(t, { auth: { expiresIn: 86_400 * 30 }, ...options });
  const create = async (filters: object): Promise<string> => {
    const { status, body } = await asking.post(QUERIES, filters);
    assert.equal(status, 201);
    return String(body['id']);
  };
  return {
    ...asking,
    create,
    search: async (filters, top = 999) => {
      const id = await create(filters);
      asking.tenant.clock.advance(35 * MINUTE);
      return asking.all(`${QUERIES}/${id}/records?$top=${top}`);
    },
  };
};

const idsOf = (records: readonly Fields[]): string[] => records.map(({ id }) => String(id)).sort();

const accessIds = ({ tenant }: Asking): string[] =>
  tenant.content.rows
    .filter(({ entry }) => entry.kind === 'access')
    .map(({ entry }) => entry.id)
    .sort();

for (const missing of ['unknown-error', 'segment'] as const)
  test(`a root that has no audit search says so: ${missing}`, async (t) => {
    const { get } = await auditTenant(t, { audit: { api: 'beta', missing } });
    const { status, body } = await get('/v1.0/security/auditLog/queries');
    const { code, message } = body['error']!;
    if (missing === 'segment')
      assert.deepEqual(
        [status, code, message],
        [400, 'BadRequest', "Resource not found for the segment 'auditLog'."],
      );
    else assert.deepEqual([status, code, message], [404, 'UnknownError', '']);
    assert.equal((await get(QUERIES)).status, 200);
  });

test('a person without the role may list queries and make none', async (t) => {
  const { tenant, use, get, post } = await auditTenant(t, { audit: { personsMay: false } });
  const person = tenant.analyst;
  use(tenant.tokenFor(['AuditLogsQuery-Exchange.Read.All'], { person }));
  assert.equal((await get(QUERIES)).status, 200);
  const { status, body } = await post(QUERIES, ACCESSES);
  const { code, message } = body['error']!;
  assert.deepEqual([status, code, message], [403, 'UnknownError', 'App dont have any permissions']);
});

test('v1.0 only', async (t) => {
  const { get } = await auditTenant(t, { audit: { api: 'v1' } });
  assert.equal((await get(QUERIES)).status, 404);
  assert.equal((await get('/v1.0/security/auditLog/queries')).status, 200);
});

test('a query waits, runs and succeeds after 35 minutes, and has no records before', async (t) => {
  const { tenant, create, get } = await auditTenant(t);
  const id = await create({ ...ACCESSES, displayName: 'one' });
  const state = async () => {
    const { body } = await get(`${QUERIES}/${id}`);
    const { body: page } = await get(`${QUERIES}/${id}/records`);
    return [body['status'], valuesOf(page).length > 0];
  };
  assert.deepEqual(await state(), ['notStarted', false]);
  tenant.clock.advance(5 * MINUTE);
  assert.deepEqual(await state(), ['running', false]);
  tenant.clock.advance(30 * MINUTE - 1);
  assert.deepEqual(await state(), ['running', false]);
  tenant.clock.advance(1);
  assert.deepEqual(await state(), ['succeeded', true]);
  assert.equal((await get(`${QUERIES}/${'0'.repeat(36)}`)).status, 404);
});

for (const [fault, status] of [
  ['audit-query-fails', 'failed'],
  ['audit-query-cancelled', 'cancelled'],
  ['audit-query-stuck', 'running'],
] as const)
  test(`${fault}: it is ${status} and has no records`, async (t) => {
    const { tenant, create, get, all } = await auditTenant(t);
    tenant.faults.inject(fault);
    const id = await create(ACCESSES);
    tenant.clock.advance(600 * MINUTE);
    assert.equal((await get(`${QUERIES}/${id}`)).body['status'], status);
    assert.deepEqual(await all(`${QUERIES}/${id}/records`), []);
  });

test('a query comes back as it was kept: without the singular serviceFilter', async (t) => {
  const { post, get, all } = await auditTenant(t);
  const sent = {
    '@odata.type': '#microsoft.graph.security.auditLogQuery',
    displayName: 'case | mia',
    filterStartDateTime: '2026-08-03T00:00:00Z',
    filterEndDateTime: '2026-08-10T00:00:00Z',
    ...ACCESSES,
    serviceFilter: 'AzureActiveDirectory',
    serviceFilters: ['Exchange'],
  };
  const { status, body } = await post(QUERIES, sent);
  assert.equal(status, 201);
  assert.equal('serviceFilter' in body, false);
  assert.deepEqual(body['serviceFilters'], ['Exchange']);
  assert.equal(body['filterEndDateTime'], '2026-08-10T00:00:00Z');
  assert.equal(body['recordCountLimit'], 1_000_000);
  const listed = await all(`${QUERIES}?$filter=displayName eq 'another'`);
  assert.equal(listed.length, 1, 'a filter on queries is ignored');
  const { '@odata.context': _, ...again } = (await get(`${QUERIES}/${String(body['id'])}`)).body;
  assert.deepEqual(again, listed[0]);
});

test('wrong queries are refused', async (t) => {
  const { post, tenant } = await auditTenant(t);
  const wrong = [
    { filterStartDateTime: '2026-08-10T00:00:00Z', filterEndDateTime: '2026-08-03T00:00:00Z' },
    { filterStartDateTime: 'yesterday' },
    { operationFilters: 'MailItemsAccessed' },
    { maximum: 5 },
  ];
  for (const body of wrong) assert.equal((await post(QUERIES, body)).status, 400);
  assert.match((await post(QUERIES, wrong[0])).text, /Invalid request data/u);
  assert.equal((await post(QUERIES, 'no object')).status, 400);
  assert.equal(tenant.services.audit.queries.size, 0);
});

test('all records of the operation, each once, in no order of time, over pages', async (t) => {
  const asking = await auditTenant(t);
  const records = await asking.search(ACCESSES, 50);
  assert.deepEqual(idsOf(records), accessIds(asking));
  const times = records.map((one) => String(one['createdDateTime']));
  assert.notDeepEqual(times, times.toSorted());
  assert.notDeepEqual(times, times.toSorted().toReversed());
});

test('users are actors, keywords find whatever is in the record', async (t) => {
  const asking = await auditTenant(t, { rows: 1500 });
  const { content } = asking.tenant;
  const owner = content.plan.company.mailboxes.find(({ formerUpn }) => formerUpn === null)!;
  const actorIds = content.rows.filter(({ record }) => record['UserId'] === owner.upn);
  const inMailbox = content.rows.filter(({ record }) => record['MailboxGuid'] === owner.guid);
  assert.ok(inMailbox.some(({ record }) => record['UserId'] !== owner.upn));
  const byActor = await asking.search({ userPrincipalNameFilters: [owner.upn.toUpperCase()] });
  assert.deepEqual(idsOf(byActor), actorIds.map(({ entry }) => entry.id).sort());
  const byKeyword = idsOf(await asking.search({ keywordFilter: owner.guid.toUpperCase() }));
  for (const { entry } of inMailbox) assert.ok(byKeyword.includes(entry.id));
  const guid = await asking.search({ userPrincipalNameFilters: [owner.guid] });
  assert.deepEqual(guid, [], 'a GUID is never matched');
});

test('addresses match as spelled, record types without regard to case, periods by half', async (t) => {
  const asking = await auditTenant(t);
  const { rows } = asking.tenant.content;
  const spelled = rows.find(({ record }) => String(record['ClientIPAddress']).includes(':'))!;
  const address = String(spelled.record['ClientIPAddress']);
  const found = await asking.search({ ...ACCESSES, ipAddressFilters: [address] });
  assert.ok(found.length > 0);
  for (const one of found) assert.equal(one['auditData']?.['ClientIPAddress'], address);
  const syncs = await asking.search({ recordTypeFilters: ['EXCHANGEITEM'] });
  assert.ok(
    syncs.length > 0 && syncs.every((one) => Number(one['auditData']?.['RecordType']) === 2),
  );
  const middle = rows[200]!.entry.at * 1000;
  const split = new Date(middle).toISOString();
  const before = await asking.search({ ...ACCESSES, filterEndDateTime: split });
  const after = await asking.search({ ...ACCESSES, filterStartDateTime: split });
  assert.deepEqual(idsOf([...before, ...after]), accessIds(asking), 'start in it, end not');
});

test('the envelope: crossed ids, no address, names in PascalCase, annotations', async (t) => {
  const asking = await auditTenant(t);
  const records = await asking.search(ACCESSES);
  const byId = new Map(asking.tenant.content.records.map(({ id, data }) => [id, data]));
  for (const record of records) {
    const data = byId.get(String(record['id']))!;
    assert.equal(record['userId'], data['UserKey']);
    assert.equal(record['userPrincipalName'], data['UserId']);
    assert.equal(record['clientIp'], null);
    assert.match(String(record['auditLogRecordType']), /^ExchangeItem(Aggregated)?$/u);
    assert.match(String(record['userType']), /^[A-Z]/u);
    assert.deepEqual(record['administrativeUnits'], ['']);
    const audit = record['auditData']!;
    assert.equal(audit['@odata.type'], '#microsoft.graph.security.defaultAuditData');
    assert.equal(audit['CreationTime'], `${String(data['CreationTime'])}Z`);
    assert.equal(audit['RecordType@odata.type'], '#Int64');
    assert.deepEqual(audit['Operation'], 'MailItemsAccessed');
  }
  const bind = records.find((one) => one['auditData']?.['Folders'] !== undefined)!;
  const folders = '#Collection(microsoft.graph.security.defaultAuditData)';
  assert.equal(bind['auditData']?.['Folders@odata.type'], folders);
  assert.equal(bind['auditData']?.['Folders']?.[0]?.['FolderItems@odata.type'], folders);
});

test('limits: one unfiltered, so many open, so many a day, so close together', async (t) => {
  const { tenant, post, create } = await auditTenant(t, {
    audit: { open: 3, perDay: 5, secondsBetween: 10 },
  });
  const refused = async (body: object, waits: boolean) => {
    const { status, headers, body: told } = await post(QUERIES, body);
    assert.deepEqual([status, told['error']?.['code']], [429, 'TooManyRequests']);
    assert.equal(headers.get('retry-after') !== null, waits);
  };
  await create({});
  await refused(ACCESSES, false);
  tenant.clock.advance(10_000);
  await refused({ displayName: 'unfiltered, too' }, false);
  await create(ACCESSES);
  tenant.clock.advance(10_000);
  await create(ACCESSES);
  tenant.clock.advance(10_000);
  await refused(ACCESSES, true);
  tenant.clock.advance(35 * MINUTE);
  await create({});
  tenant.clock.advance(10_000);
  await create(ACCESSES);
  tenant.clock.advance(10_000);
  await refused(ACCESSES, true);
  tenant.clock.advance(24 * 60 * MINUTE);
  await create(ACCESSES);
});

test('over the record limit it succeeds all the same, is cut and says so', async (t) => {
  const asking = await auditTenant(t, { audit: { recordCountLimit: 40 } });
  const id = await asking.create(ACCESSES);
  asking.tenant.clock.advance(35 * MINUTE);
  const { body } = await asking.get(`${QUERIES}/${id}`);
  assert.equal(body['status'], 'succeeded');
  assert.equal(body['isRecordCountLimitExceeded'], true);
  assert.equal((await asking.all(`${QUERIES}/${id}/records`)).length, 40);
});

test('an old back end has no counts', async (t) => {
  const { tenant, create, get } = await auditTenant(t, { audit: { counts: false } });
  const id = await create(ACCESSES);
  tenant.clock.advance(35 * MINUTE);
  assert.equal('isRecordCountLimitExceeded' in (await get(`${QUERIES}/${id}`)).body, false);
});

test('pages: at most 999, a small one by default, links that can expire', async (t) => {
  const { tenant, create, get } = await auditTenant(t, { audit: { nextLinkMinutes: 60 } });
  const id = await create(ACCESSES);
  tenant.clock.advance(35 * MINUTE);
  for (const top of ['1000', '0', 'many'])
    assert.equal((await get(`${QUERIES}/${id}/records?$top=${top}`)).status, 400);
  const { body } = await get(`${QUERIES}/${id}/records`);
  assert.equal(valuesOf(body).length, 100);
  const next = String(body['@odata.nextLink']);
  assert.ok(next.startsWith(tenant.cloud.graph));
  assert.equal((await get(next)).status, 200);
  tenant.faults.inject('audit-nextlink-expired');
  assert.match((await get(next)).text, /Invalid Skip Token/u);
  assert.equal((await get(next)).status, 200);
  tenant.clock.advance(61 * MINUTE);
  assert.equal((await get(next)).status, 400);
});

/** Faults that change what a page holds; the next pass has everything. */
const counts = async (
  t: TestContext,
  fault: FaultName,
): Promise<{ first: string[]; second: string[]; all: string[] }> => {
  const asking = await auditTenant(t);
  const id = await asking.create(ACCESSES);
  asking.tenant.clock.advance(35 * MINUTE);
  asking.tenant.faults.inject(fault);
  const path = `${QUERIES}/${id}/records?$top=100`;
  const first = idsOf(await asking.all(path));
  return { first, second: idsOf(await asking.all(path)), all: accessIds(asking) };
};

test('audit-duplicate-ids: more rows, no more records', async (t) => {
  const { first, second, all } = await counts(t, 'audit-duplicate-ids');
  assert.ok(first.length > all.length);
  assert.deepEqual([...new Set(first)], all);
  assert.deepEqual(second, all);
});

test('audit-pages-differ: the second pass has what the first had not', async (t) => {
  const { first, second, all } = await counts(t, 'audit-pages-differ');
  assert.ok(first.length < all.length);
  assert.deepEqual(second, all);
});

test('audit-empty-page: nothing, and a link to everything', async (t) => {
  const { first, all } = await counts(t, 'audit-empty-page');
  assert.deepEqual(first, all);
});

test('audit-late-records: missing for good in this query, there in the next', async (t) => {
  const asking = await auditTenant(t);
  asking.tenant.faults.inject('audit-late-records');
  const early = await asking.search(ACCESSES);
  const late = await asking.search(ACCESSES);
  assert.ok(early.length < late.length);
  assert.deepEqual(idsOf(late), accessIds(asking));
});

test('audit-answer-in-value: a query wrapped as the old documentation has it', async (t) => {
  const { tenant, create, get } = await auditTenant(t);
  const id = await create(ACCESSES);
  tenant.faults.inject('audit-answer-in-value');
  assert.equal((await get(`${QUERIES}/${id}`)).body['value']?.['id'], id);
});

test('a poisoned record spoils its page under 200: here only, or wherever it is', async (t) => {
  for (const fault of ['audit-poison-once', 'audit-poison-record'] as const) {
    const asking = await auditTenant(t);
    const first = await asking.create(ACCESSES);
    const second = await asking.create(ACCESSES);
    asking.tenant.clock.advance(35 * MINUTE);
    asking.tenant.faults.inject(fault);
    const path = (id: string): string => `${QUERIES}/${id}/records?$top=999`;
    for (const _ of [1, 2]) {
      const { status, body, text } = await asking.get(path(first));
      assert.equal(status, 200);
      assert.equal(body, undefined, 'it is not JSON');
      assert.match(
        text,
        /"administrativeUnits":\[""\]\{"error":\{"code":"UnknownError","message":"Unexpected Jsontoken\. Check response for property value\[\d+\]\.auditData\.Fil"\}\}$/u,
      );
      assert.doesNotMatch(text, /nextLink/u);
    }
    const other = await asking.get(path(second));
    assert.equal(other.body === undefined, fault === 'audit-poison-record');
    assert.equal(
      asking.tenant.services.audit.poisoned.size,
      fault === 'audit-poison-record' ? 1 : 0,
    );
  }
});

test('permissions for Exchange see Exchange only', async (t) => {
  const asking = await auditTenant(t);
  asking.use(asking.tenant.tokenFor(['AuditLogsQuery-Exchange.Read.All']));
  const services = (await asking.search({ operationFilters: ['UserLoggedIn', 'Send'] })).map(
    ({ service }) => service,
  );
  assert.deepEqual(new Set(services), new Set(['Exchange']));
});

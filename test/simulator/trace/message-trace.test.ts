import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { askTenant, nextLinkOf, valuesOf } from '../ask-tenant.ts';
import type { TenantOptions } from '../tenant-options.ts';
import { TRACE_APP_ID } from './trace-principal.ts';
import type { TraceRow } from './trace-rows.ts';

const PATH = '/v1.0/admin/exchange/tracing/messageTraces';
const DAY = 86_400_000;
/** Mail of the case is older than this: right after it, the last days have traces. */
const NOW = '2026-08-03T01:00:00Z';

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const traceTenant = async (t: TestContext, options: TenantOptions = {}) => {
  const asking = await askTenant(t, { now: NOW, rows: 600, ...options });
  const { tenant, all } = asking;
  const now = tenant.clock.now();
  const within = (from: number, to = now): string =>
    `receivedDateTime ge ${iso(from)} and receivedDateTime le ${iso(to)}`;
  const address = (filter: string, more = ''): string =>
    `${PATH}?$filter=${encodeURIComponent(filter)}${more}`;
  const find = (filter: string) => all(address(`${filter} and ${within(now - 10 * DAY)}`));
  const kept = tenant.services.trace.rows.filter(({ at }) => at * 1000 >= now - 10 * DAY);
  return { ...asking, now, within, address, find, kept };
};

const keysOf = (rows: readonly { readonly [name: string]: unknown }[]): string[] =>
  rows.map(({ id, recipientAddress }) => `${String(id)} ${String(recipientAddress)}`);
const rowKeys = (rows: readonly TraceRow[]): string[] =>
  rows.map(({ id, recipientAddress }) => `${id} ${recipientAddress}`);

test('a row for each recipient, newest first, the same over pages', async (t) => {
  const { all, address, within, now, kept } = await traceTenant(t);
  const period = within(now - 10 * DAY);
  const rows = await all(address(period, '&$top=7'));
  assert.deepEqual(keysOf(rows), rowKeys(kept));
  assert.ok(new Set(rows.map(({ id }) => String(id))).size < rows.length);
  const times = rows.map((row) => String(row['receivedDateTime']));
  assert.deepEqual(times, times.toSorted().toReversed());
  const [first] = rows;
  assert.match(String(first?.['messageId']), /^<.+>$/u);
  assert.match(String(first?.['status']), /^(delivered|failed)$/u);
});

test('without a period: the last 48 hours', async (t) => {
  const { all, now, kept } = await traceTenant(t);
  const recent = kept.filter(({ at }) => at * 1000 >= now - 2 * DAY);
  assert.ok(recent.length > 0 && recent.length < kept.length);
  assert.deepEqual(keysOf(await all(PATH)), rowKeys(recent));
  const old = kept.at(-1)!;
  const filter = encodeURIComponent(`messageId eq ${quoted(old.messageId)}`);
  assert.deepEqual(await all(`${PATH}?$filter=${filter}`), []);
});

test('the last value of each property counts; or, in, ne and not mean nothing', async (t) => {
  const { find, kept } = await traceTenant(t);
  const [one, other] = [kept[0]!, kept.find(({ messageId }) => messageId !== kept[0]!.messageId)!];
  const ids = [quoted(one.messageId), quoted(other.messageId)] as const;
  const only = rowKeys(kept.filter(({ messageId }) => messageId === other.messageId));
  for (const filter of [
    `messageId eq ${ids[0]} or messageId eq ${ids[1]}`,
    `messageId in (${ids[0]},${ids[1]})`,
    `(messageId eq ${ids[0]}) and (messageId eq ${ids[1]})`,
    `messageId ne ${ids[1]}`,
    `not (messageId eq ${ids[1]})`,
  ])
    assert.deepEqual(keysOf(await find(filter)), only, filter);
});

test('addresses: exact or a whole domain; functions on them change nothing', async (t) => {
  const { find, kept } = await traceTenant(t);
  const { recipientAddress, senderAddress } = kept[0]!;
  const where = (holds: (row: TraceRow) => boolean): string[] => rowKeys(kept.filter(holds));
  const domain = senderAddress.split('@')[1]!;
  const cases: readonly (readonly [string, string[]])[] = [
    [
      `recipientAddress eq ${quoted(recipientAddress.toUpperCase())}`,
      where((row) => row.recipientAddress === recipientAddress),
    ],
    [`senderAddress eq '*@${domain}'`, where((row) => row.senderAddress.endsWith(`@${domain}`))],
    [`senderAddress eq '*${domain}'`, []],
    [`startswith(senderAddress, 'nobody')`, rowKeys(kept)],
    [
      `contains(subject, 'INVOICE')`,
      where(({ subject }) => subject.toLowerCase().includes('invoice')),
    ],
    [
      `startsWith(subject, 're: ')`,
      where(({ subject }) => subject.toLowerCase().startsWith('re: ')),
    ],
    [`status eq 'failed'`, where(({ status }) => status === 'failed')],
  ];
  for (const [filter, expected] of cases)
    assert.deepEqual(keysOf(await find(filter)), expected, filter);
});

test('both ends of a period are in it', async (t) => {
  const { all, address, within, kept } = await traceTenant(t);
  const at = kept[5]!.at * 1000;
  const found = keysOf(await all(address(within(at, at))));
  assert.deepEqual(found, rowKeys(kept.filter((row) => row.at * 1000 === at)));
});

test('what is wrong is said in the words of the service', async (t) => {
  const { get, address, within, now } = await traceTenant(t);
  const ge = `receivedDateTime ge ${iso(now - DAY)}`;
  const wrong: readonly (readonly [string, RegExp])[] = [
    [address(ge), /^EndDate is required when a StartDate is entered\.$/u],
    [address(`${ge} and receivedDateTime lt ${iso(now)}`), /^EndDate is required/u],
    [
      address(within(now - 11 * DAY)),
      /^\|System\.ArgumentException\|The interval between StartDate and EndDate can't be longer than 10 days\.$/u,
    ],
    [
      address(within(now - 92 * DAY, now - 91 * DAY)),
      /^Invalid StartDate value\. The StartDate can't be older than 90 days from today\.$/u,
    ],
    [address(within(now - DAY, now + DAY)), /future/u],
    [address(within(now - DAY), '&$top=5001'), /^ResultSize is invalid$/u],
    [address(within(now - DAY), '&$top=0'), /^ResultSize is invalid$/u],
    [address("colour eq 'red'"), /filter/u],
  ];
  for (const [asked, said] of wrong) {
    const { status, body } = await get(asked);
    assert.deepEqual([status, body['error']?.['code']], [400, 'BadRequest'], asked);
    assert.match(String(body['error']?.['message']), said);
  }
  const today = now - (now % DAY);
  assert.equal((await get(address(within(today - 90 * DAY, today - 80 * DAY)))).status, 200);
});

test('a hundred requests in five minutes, details apart, refused ones count too', async (t) => {
  const { get, tenant, kept } = await traceTenant(t, { trace: { perFiveMinutes: 3 } });
  const details = `${PATH}/${kept[0]!.id}/getDetailsByRecipient(recipientAddress='x')`;
  for (let i = 0; i < 3; i += 1) assert.equal((await get(PATH)).status, 200);
  tenant.clock.advance(100_000);
  const { status, headers, body } = await get(PATH);
  assert.deepEqual([status, body['error']?.['code']], [429, 'TooManyRequests']);
  assert.match(String(body['error']?.['message']), /^Your recent queries have surpassed/u);
  assert.equal(headers.get('retry-after'), '200');
  assert.equal((await get(details)).status, 200);
  tenant.clock.advance(200_000);
  assert.equal((await get(PATH)).status, 200);
});

for (const principal of ['missing-401', 'missing-403'] as const)
  test(`the service principal is missing, as a ${principal.slice(-3)}, until it is created and some hours pass`, async (t) => {
    const { get, post, tenant } = await traceTenant(t, {
      trace: { principal },
      auth: { expiresIn: 86_400 },
    });
    const { status, body } = await get(PATH);
    assert.equal(status, Number(principal.slice(-3)));
    assert.equal(
      body['error']?.['code'],
      principal === 'missing-401' ? 'Unauthorized' : 'Forbidden',
    );
    assert.match(String(body['error']?.['message']), new RegExp(TRACE_APP_ID, 'u'));
    const wanted = `/v1.0/servicePrincipals?$filter=appId eq '${TRACE_APP_ID}'`;
    assert.deepEqual(valuesOf((await get(wanted)).body), []);
    assert.equal((await post('/v1.0/servicePrincipals', { appId: TRACE_APP_ID })).status, 201);
    assert.equal((await post('/v1.0/servicePrincipals', { appId: TRACE_APP_ID })).status, 409);
    assert.equal(valuesOf((await get(wanted)).body).length, 1);
    assert.equal((await get(PATH)).status, status);
    tenant.clock.advance(4 * 3_600_000);
    assert.equal((await get(PATH)).status, 200);
  });

test('rows come late: by some minutes, and now and then by more', async (t) => {
  const { tenant, all, address, within, now, kept } = await traceTenant(t, {
    trace: { delayMinutes: 24 * 60 },
    auth: { expiresIn: 10 * 86_400 },
  });
  const [newest] = kept;
  assert.ok(newest && newest.at * 1000 > now - DAY);
  const period = address(within(now - 10 * DAY));
  const early = keysOf(await all(period));
  assert.ok(!early.includes(rowKeys([newest])[0]!));
  tenant.clock.advance(DAY);
  assert.deepEqual(keysOf(await all(period)), rowKeys(kept));
  tenant.faults.inject('trace-late-rows');
  assert.ok((await all(period)).length < kept.length);
});

test('details of a recipient; of another one, nothing', async (t) => {
  const { get, kept } = await traceTenant(t);
  const row = kept[0]!;
  const details = async (recipient: string) => {
    const call = `getDetailsByRecipient(recipientAddress=${encodeURIComponent(quoted(recipient))})`;
    return valuesOf((await get(`${PATH}/${row.id}/${call}`)).body);
  };
  const found = await details(row.recipientAddress);
  assert.equal(found[0]?.['event'], 'Receive');
  assert.equal(found[0]?.['messageId'], row.messageId);
  assert.deepEqual(await details('nobody@contoso.example'), []);
});

test('a nextLink carries filter, size and skip token, on this host', async (t) => {
  const { get, address, within, now, tenant } = await traceTenant(t);
  const { body } = await get(address(within(now - 10 * DAY), '&$top=2'));
  const next = new URL(nextLinkOf(body) ?? '');
  assert.equal(next.origin, tenant.cloud.graph);
  assert.deepEqual([...next.searchParams.keys()], ['$filter', '$top', '$skiptoken']);
});

test('pages that never end, lose their place, lead elsewhere or do not say that they go on', async (t) => {
  const { get, address, within, now, tenant } = await traceTenant(t);
  const first = address(within(now - 10 * DAY), '&$top=2');
  const { faults } = tenant;
  faults.inject('trace-endless', { times: 3 });
  let next = first;
  const [plain] = [valuesOf((await get(`${first}&x`)).body)];
  const links = new Set<string>();
  for (let page = 0; page < 2; page += 1) {
    const { body } = await get(next);
    assert.deepEqual(valuesOf(body), plain);
    next = nextLinkOf(body) ?? '';
    links.add(next);
  }
  assert.equal(links.size, 2, 'each by another token');
  faults.clear();
  const link = nextLinkOf((await get(first)).body) ?? '';
  faults.inject('trace-next-refused');
  assert.equal((await get(first)).status, 200, 'a first page has no place to lose');
  assert.match(String((await get(link)).body['error']?.['message']), /Skip Token/);
  faults.inject('trace-next-elsewhere');
  const elsewhere = nextLinkOf((await get(first)).body) ?? '';
  assert.equal(new URL(elsewhere).origin, 'http://elsewhere.invalid');
  faults.inject('trace-link-missing');
  assert.equal(nextLinkOf((await get(first)).body), undefined);
});

test('ninety days may be counted from this moment, and a start be refused whenever it is', async (t) => {
  const { get, address, within, now, tenant } = await traceTenant(t, { trace: { reach: 'now' } });
  const old = /^Invalid StartDate value\. The StartDate can't be older than 90 days from today\.$/u;
  const said = async (from: number): Promise<string> => {
    const { status, body } = await get(address(within(from, from + DAY)));
    return status === 200 ? '' : String(body['error']?.['message']);
  };
  assert.match(await said(now - (now % DAY) - 90 * DAY), old);
  assert.equal(await said(now - 90 * DAY + 1000), '');
  tenant.faults.inject('trace-start-too-old');
  assert.match(await said(now - 5 * DAY), old);
});

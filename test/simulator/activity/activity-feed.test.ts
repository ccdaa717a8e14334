import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { askTenant } from '../ask-tenant.ts';
import type { Answered, Fields } from '../ask-tenant.ts';
import type { ActivityOptions } from '../tenant-options.ts';

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 19);

const feedOf = async (t: TestContext, activity: Partial<ActivityOptions> = {}) => {
  const { tenant, get, post, use } = await askTenant(t, { activity, rows: 1000 });
  const permitted = tenant.tokenFor(['ActivityFeed.Read'], { resource: 'management' });
  use(permitted);
  const root = `${tenant.cloud.management}/api/v1.0/${tenant.tenantId}/activity/feed`;
  const list = (from: number, to: number): Promise<Answered> =>
    get(
      `${root}/subscriptions/content?contentType=Audit.Exchange&startTime=${iso(from)}&endTime=${iso(to)}`,
    );
  return {
    tenant,
    get,
    use,
    root,
    list,
    start: () => post(`${root}/subscriptions/start?contentType=Audit.Exchange`, {}),
  };
};

const rowsOf = (body: Fields): readonly Fields[] => body as unknown as readonly Fields[];

test('a subscription is started once; a second time is AF20024', async (t) => {
  const { start, root, get } = await feedOf(t);
  const none = await get(`${root}/subscriptions/content?contentType=Audit.Exchange`);
  assert.deepEqual([none.status, none.body['error']?.['code']], [400, 'AF20022']);
  assert.equal((await start()).body['status'], 'enabled');
  const again = await start();
  assert.deepEqual([again.status, again.body['error']?.['code']], [400, 'AF20024']);
  assert.equal(rowsOf((await get(`${root}/subscriptions/list`)).body).length, 1);
  const unknown = await get(`${root}/subscriptions/content?contentType=Audit.Mail`);
  assert.equal(unknown.body['error']?.['code'], 'AF20020');
});

test('seven days of content, page after page: the records as they are stored', async (t) => {
  const { tenant, get, list } = await feedOf(t, {
    subscribedSince: '2026-01-01T00:00:00Z',
    page: 4,
  });
  const now = tenant.clock.now();
  const from = now - 7 * DAY;
  const found: string[] = [];
  let pages = 0;
  for (let day = 0; day < 7; day += 1) {
    let answer = await list(from + day * DAY, from + (day + 1) * DAY);
    for (;;) {
      pages += 1;
      assert.ok(rowsOf(answer.body).length <= 4);
      for (const { contentUri, contentCreated } of rowsOf(answer.body)) {
        assert.ok(Date.parse(String(contentCreated)) >= from + day * DAY);
        for (const record of rowsOf((await get(String(contentUri))).body)) {
          assert.doesNotMatch(String(record['CreationTime']), /Z$/u);
          found.push(String(record['Id']));
        }
      }
      const next = answer.headers.get('NextPageUri');
      if (next === null) break;
      assert.ok(next.startsWith(tenant.cloud.management));
      answer = await get(next);
    }
  }
  assert.ok(pages > 7);
  const late = 35 * 60_000;
  const expected = tenant.content.records
    .filter(({ at, data }) => at * 1000 >= from + late && data['Workload'] === 'Exchange')
    .map(({ id }) => id);
  assert.ok(expected.length > 50);
  for (const id of expected) assert.ok(found.includes(id));
  assert.equal(new Set(found).size, found.length);
});

test('what was before the subscription is there for some 22 hours', async (t) => {
  const { tenant, start, list } = await feedOf(t);
  await start();
  const now = tenant.clock.now();
  assert.deepEqual((await list(now - 3 * DAY, now - 2 * DAY)).body, []);
  assert.ok(rowsOf((await list(now - DAY, now)).body).length > 0);
});

test('periods: both ends or neither, a day at most, seven days back', async (t) => {
  const { tenant, get, list, root } = await feedOf(t, { subscribedSince: '2026-01-01T00:00:00Z' });
  const now = tenant.clock.now();
  const content = `${root}/subscriptions/content?contentType=Audit.Exchange`;
  const codes = [
    await get(`${content}&startTime=${iso(now - DAY)}`),
    await list(now - 2 * DAY, now),
    await list(now - 8 * DAY, now - 7.5 * DAY),
    await get(`${content}&startTime=monday&endTime=tuesday`),
  ].map(({ body }) => String(body['error']?.['code']));
  assert.deepEqual(codes, ['AF20030', 'AF20030', 'AF20055', 'AF20002']);
  assert.equal((await get(content)).status, 200);
});

test('permission, tenant, limit, content that is gone', async (t) => {
  const { tenant, get, use, root, list } = await feedOf(t, {
    subscribedSince: '2026-01-01T00:00:00Z',
    perMinute: 4,
  });
  const now = tenant.clock.now();
  const [first] = rowsOf((await list(now - DAY, now)).body);
  const address = String(first?.['contentUri']);
  tenant.faults.inject('activity-content-gone');
  assert.equal((await get(address)).body['error']?.['code'], 'AF20051');
  assert.equal((await get(address)).status, 200);
  const elsewhere = root.replace(tenant.tenantId, '00000000-0000-0000-0000-000000000000');
  assert.equal((await get(`${elsewhere}/subscriptions/list`)).body['error']?.['code'], 'AF20012');
  await get(address);
  assert.deepEqual((await get(address)).body['error']?.['code'], 'AF429');
  tenant.clock.advance(60_000);
  assert.equal((await get(address)).status, 200);
  use(tenant.tokenFor([], { resource: 'management' }));
  assert.equal((await get(address)).body['error']?.['code'], 'AF10001');
  use(tenant.tokenFor(['ActivityFeed.Read']));
  assert.equal((await get(address)).status, 401, 'a token for Graph');
});

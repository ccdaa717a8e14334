import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FeedContent, listContent } from '../../../source/tenant/activity/activity-feed.ts';
import type { TenantClient } from '../../../source/tenant/client.ts';

const listed = async (pages: Readonly<Record<string, readonly [object, string?]>>) => {
  const get: TenantClient['get'] = (place) => {
    const [body, next] = pages[place] ?? pages['first'] ?? [[]];
    return Promise.resolve({
      status: 200,
      headers: next === undefined ? {} : { nextpageuri: next },
      body: Buffer.from(JSON.stringify(body)),
      attempts: [],
    });
  };
  const client = { get, tenantId: 't' } as TenantClient;
  const window = { from: '2026-08-01T00:00:00', to: '2026-08-02T00:00:00' };
  const { signal } = new AbortController();
  const found: (FeedContent | null)[] = [];
  for await (const one of listContent(client, window, { signal }, () => undefined)) found.push(one);
  return found;
};

const GOOD = { contentId: 'a', contentUri: 'https://manage.example/a' };
const READ = { id: 'a', address: 'https://manage.example/a' };

test('content that the feed does not say how to ask for is told, and not left out', async () => {
  assert.deepEqual(await listed({ first: [[GOOD, { contentId: 'b' }, 7]] }), [READ, null, null]);
});

test('lists that lead back to one of them end, and are told to be incomplete', async () => {
  const next = 'https://manage.example/list?nextPage=2';
  assert.deepEqual(await listed({ first: [[GOOD], next], [next]: [[], next] }), [READ, null]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FeedContent, listContent } from '../../../source/tenant/activity/activity-feed.ts';
import type { TenantClient } from '../../../source/tenant/client.ts';

type Page = readonly [body: object, next?: string];

/** `pages`: by their address; or what comes as number so-and-so. */
const listed = async (pages: Readonly<Record<string, Page>> | ((number: number) => Page)) => {
  let number = 0;
  const get: TenantClient['get'] = (place) => {
    number += 1;
    const [body, next] =
      typeof pages === 'function' ? pages(number) : (pages[place] ?? pages['first'] ?? [[]]);
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

test('lists that go on for ever end, whether they bring anything new or not', async () => {
  const next = (number: number): string => `https://manage.example/list?nextPage=${number}`;
  const same = await listed((number) => [[GOOD], next(number)]);
  assert.deepEqual([same.length, same.at(-1)], [7, null], 'the first, five of the same, the word');
  const fresh = await listed((number) => [[{ ...GOOD, contentId: `c${number}` }], next(number)]);
  assert.deepEqual([fresh.length, fresh.at(-1)], [1001, null]);
});

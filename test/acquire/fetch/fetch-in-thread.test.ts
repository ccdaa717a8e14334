import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FetchEvent } from '../../../source/acquire/fetch/fetch-work.ts';
import { fetchInThread, type FetchOrder } from '../../../source/acquire/fetch/fetch-records.ts';
import { unfinishedFetches } from '../../../source/store/fetch-state.ts';
import { SECRET } from '../../tenant/small-tenant.ts';
import { fetchTenant, stored, VICTIM } from './audit-tenant.ts';

/** One query alone: a second would be asked at the tenant's pace. */
const oneQuery = (order: FetchOrder) =>
  order.request.request === 'new'
    ? {
        ...order,
        request: {
          ...order.request,
          asked: { ...order.request.asked, users: [], mailboxes: [VICTIM] },
        },
      }
    : order;

test('in a thread of its own: secrets are asked for, rows arrive, and it ends once', async (t) => {
  const { order } = await fetchTenant(t, [...stored(12)], { endsAtPoll: 1 });
  const questions: string[] = [];
  const events: FetchEvent[] = [];
  const asked = {
    ...oneQuery(order),
    variables: { ...order.variables, MIA_CLIENT_SECRET: undefined },
    askHidden: (question: string) => {
      questions.push(question);
      return Promise.resolve(SECRET);
    },
  };
  for await (const event of fetchInThread(asked)) events.push(event);
  assert.equal(questions.length, 1);
  const end = events.at(-1);
  assert.ok(end?.event === 'finished' && end.statements[0]?.outcome === 'nothingKnownMissing');
  assert.ok(events.some((event) => event.event === 'source' && event.source.accepted === 12));
});

test('cancelled, it ends as cancelled and can be resumed', async (t) => {
  const control = new AbortController();
  const { order } = await fetchTenant(t, [...stored(12)], {
    endsAtPoll: 1,
    instead: ({ path }) => {
      if (path.endsWith('/records')) control.abort();
      return null;
    },
  });
  const events: FetchEvent[] = [];
  for await (const event of fetchInThread({ ...oneQuery(order), signal: control.signal }))
    events.push(event);
  const end = events.at(-1);
  assert.ok(end?.event === 'cancelled');
  assert.equal(unfinishedFetches(order.folder)[0]?.id, end.id);
});

test('a case is made among other files only where that is asked for', async (t) => {
  const { order } = await fetchTenant(t, [...stored(12)], { endsAtPoll: 1 });
  mkdirSync(order.folder, { recursive: true });
  writeFileSync(join(order.folder, 'notes.txt'), '');
  const ends: string[] = [];
  for (const newCase of [false, true])
    for await (const { event } of fetchInThread({ ...oneQuery(order), newCase })) ends.push(event);
  assert.equal(ends[0], 'failed');
  assert.equal(ends.at(-1), 'finished');
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { TaskFolder } from '../../../source/store/task-folder.ts';
import { LookupStore, type LookupState } from '../../../source/acquire/lookup/lookup-state.ts';
import { LookupReporter, type LookupWork } from '../../../source/acquire/lookup/lookup-work.ts';
import { TraceReach } from '../../../source/tenant/message-trace/trace-reach.ts';
import { endsOneWindow, windowPages } from '../../../source/acquire/lookup/trace-pages.ts';
import type { TenantClient } from '../../../source/tenant/client.ts';
import { isoTime } from '../../../source/tenant/http/clock.ts';
import { TenantRefusal } from '../../../source/tenant/http/refusal.ts';
import { testClock } from '../../tenant/test-clock.ts';
import { temporaryFolder } from '../../import/temporary-case.ts';

const DAY = 86_400_000;
const STATE: LookupState = {
  ...{ version: 1, id: 'abcdef01', cloud: 'pretend', tenantId: 't', account: 'a', clientId: 'c' },
  ...{ analyst: 'tester', againSince: null, startedAt: '', endedAt: null, questions: 0, open: [] },
};

const page = (ids: readonly string[], nextLink: string | null): string =>
  JSON.stringify({
    value: ids.map((id) => ({ messageId: `<${id}>` })),
    ...(nextLink === null ? {} : { '@odata.nextLink': nextLink }),
  });

const idsIn = (body: Uint8Array): readonly string[] => {
  const { value } = JSON.parse(Buffer.from(body).toString()) as {
    readonly value: readonly { readonly messageId: string }[];
  };
  return value.map(({ messageId }) => messageId.slice(1, -1));
};

const refusal = (date: string | null = null): TenantRefusal =>
  new TenantRefusal('no', '', { kind: 'request', status: 400, codes: [], serverMessage: null }, [
    { url: '', date } as never,
  ]);

/** `answer`: to the path it is asked for; a string is a page. */
const walking = (
  t: TestContext,
  answer: (place: string, count: number) => string | TenantRefusal,
) => {
  const clock = testClock();
  const folder = openCaseFolder(join(temporaryFolder(t), 'case'), { create: true });
  const asked: string[] = [];
  const get: TenantClient['get'] = (place) => {
    asked.push(place);
    const given = answer(place, asked.length);
    if (given instanceof TenantRefusal) return Promise.reject(given);
    return Promise.resolve({
      status: 200,
      headers: {},
      body: Buffer.from(given),
      attempts: [{ url: place } as never],
    });
  };
  const walk = async () => {
    const kept = new TaskFolder(folder, STATE.id, 'lookup');
    const store = new LookupStore(kept, STATE, folder);
    store.change({});
    const work = {
      ...{ folder, store, clock, signal: new AbortController().signal },
      reach: new TraceReach(clock),
      client: { get } as TenantClient,
      overtaken: () => new AbortController().signal,
      reporter: new LookupReporter(clock, () => undefined),
    } as unknown as LookupWork;
    const question = { name: 'q1', service: 'messageTrace', about: {} } as const;
    const window = { from: clock.now() - 5 * DAY, to: clock.now() };
    const subject = { by: 'recipient', address: 'vera@contoso.example' } as const;
    const pages = windowPages(work, question, 'w1', subject, window);
    const ids: string[] = [];
    let next = await pages.next();
    for (; next.done !== true; next = await pages.next()) ids.push(...idsIn(next.value.body));
    return { ids, window: next.value };
  };
  return { clock, asked, walk };
};

const NEXT = 'https://graph.example/v1.0/admin/exchange/tracing/messageTraces?$skiptoken=a%2Bb';

test('pages that lead back to one of them are broken, and not asked for without end', async (t) => {
  const { asked, walk } = walking(t, () => page(['one'], NEXT));
  await assert.rejects(walk(), endsOneWindow);
  assert.equal(asked.length, 6, 'in each of three passes the first and the next');
});

test('a nextLink is followed as it came, and kept pages are not asked for again', async (t) => {
  const { asked, walk } = walking(t, (place) =>
    place === NEXT ? page(['two'], null) : page(['one'], NEXT),
  );
  assert.deepEqual((await walk()).ids, ['one', 'two']);
  assert.equal(asked[1], NEXT);
  assert.deepEqual((await walk()).ids, ['one', 'two']);
  assert.equal(asked.length, 2);
});

test('where the tenant lost the place, the window is walked from its first page on', async (t) => {
  const { asked, walk } = walking(t, (place, count) => {
    if (place !== NEXT) return page(['one'], NEXT);
    return count === 2 ? refusal() : page(['two'], null);
  });
  assert.deepEqual((await walk()).ids, ['one', 'one', 'two']);
  assert.equal(asked.length, 4);
});

const rowsOf = (from: number, count: number, at: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => ({
    id: `${from + row}`,
    recipientAddress: 'vera@contoso.example',
    messageId: `<m${from + row}>`,
    receivedDateTime: at(from + row),
  }));

const rowsPage = (value: readonly object[], nextLink?: string): string =>
  JSON.stringify({ value, ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }) });

const nextAs = (count: number): string => `${NEXT}${count}`;

test('pages that go on and bring nothing new are not followed without end', async (t) => {
  const { asked, walk } = walking(t, (_, count) => page(['one', 'two'], nextAs(count)));
  await assert.rejects(walk(), /5 pages one after the other brought nothing new/);
  assert.equal(asked.length, 6, 'the first, and five more; in one pass, since no place was lost');
});

test('nor are pages that go on for ever, whatever they bring', async (t) => {
  const { asked, walk } = walking(t, (_, count) => page([`row${count}`], nextAs(count)));
  await assert.rejects(
    walk(),
    (error) => endsOneWindow(error) && /1,000 pages/.test(error.message),
  );
  assert.equal(asked.length, 1000);
});

test('a mail to more recipients than a page has rows brings something new on each', async (t) => {
  const to = (count: number) => ({ id: '1', messageId: '<one>', recipientAddress: `${count}@x` });
  const { asked, walk } = walking(t, (_, count) =>
    rowsPage([to(count)], count < 20 ? nextAs(count) : undefined),
  );
  assert.equal((await walk()).ids.length, 20);
  assert.equal(asked.length, 20);
});

test('a full page without a next one is not believed: what is older than its last row is asked for', async (t) => {
  const second = (row: number): string => isoTime(Date.parse('2026-09-25T00:00:00Z') - row * 1000);
  const { asked, walk } = walking(t, (_, count) =>
    count === 1 ? rowsPage(rowsOf(0, 5000, second)) : rowsPage(rowsOf(4999, 21, second)),
  );
  const { ids, window } = await walk();
  assert.equal(new Set(ids).size, 5020);
  assert.equal(asked.length, 2);
  assert.ok(asked[1]?.includes(encodeURIComponent(`le ${second(4999)}`)));
  assert.ok((window?.to ?? 0) > Date.parse(second(0)), 'all of the window was read');
});

test('it is the end where what is older brings nothing new, and a hole where it cannot be asked for', async (t) => {
  const second = (row: number): string => isoTime(Date.parse('2026-09-25T00:00:00Z') - row * 1000);
  const last = rowsOf(4999, 1, second);
  const ends = walking(t, (_, count) => rowsPage(count === 1 ? rowsOf(0, 5000, second) : last));
  assert.equal(new Set((await ends.walk()).ids).size, 5000);
  assert.equal(ends.asked.length, 2);
  const one = (): string => second(0);
  const same = walking(t, (_, count) => rowsPage(rowsOf(count * 5000, 5000, one)));
  await assert.rejects(same.walk(), (error) => endsOneWindow(error));
  assert.equal(same.asked.length, 2);
});

test('a next page on another host ends the window, and that alone', async (t) => {
  const facts = { kind: 'elsewhere', status: null, codes: [], serverMessage: null } as const;
  const { asked, walk } = walking(t, (place) =>
    place === NEXT ? new TenantRefusal('another host', '', facts) : page(['one'], NEXT),
  );
  await assert.rejects(walk(), (error) => endsOneWindow(error) && error.message === 'another host');
  assert.equal(asked.length, 2);
});

test('what is never a page ends the window, and that alone', async (t) => {
  const { asked, walk } = walking(t, () => '<html>');
  await assert.rejects(walk(), (error) => endsOneWindow(error));
  assert.equal(asked.length, 3);
});

test('a tenant whose clock is behind is asked up to its own now', async (t) => {
  const { clock, asked, walk } = walking(t, (_, count) =>
    count === 1 ? refusal(new Date(clock.now() - 120_000).toUTCString()) : page(['one'], null),
  );
  const { ids, window } = await walk();
  assert.deepEqual(ids, ['one']);
  assert.equal(window?.to, clock.now() - 120_000);
  assert.ok(asked[1]?.includes(encodeURIComponent(`le ${isoTime(clock.now() - 120_000)}`)));
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FetchStatement } from '../../../source/domain/fetches/fetch.ts';
import type { FetchEvent } from '../../../source/acquire/fetch/fetch-work.ts';
import { unfinishedFetches } from '../../../source/store/fetch-state.ts';
import { openCase } from '../../../source/case/case.ts';
import { eventsOf, fetchTenant, stored, VICTIM } from './audit-tenant.ts';

const statementIn = (events: readonly FetchEvent[]): FetchStatement => {
  const end = events.at(-1);
  assert.ok(end?.event === 'finished', JSON.stringify(end));
  const [statement] = end.statements;
  assert.ok(statement !== undefined);
  return statement;
};

/** Message ids of the case, sorted: each record of the test accesses one of its own. */
const messagesOf = (folder: string): readonly string[] => {
  const theCase = openCase({ folder, analyst: null, now: () => '2026-11-24T09:00:00Z' });
  try {
    return [...theCase.messages({})].map((one) => one.internetMessageId ?? '').sort();
  } finally {
    theCase.close();
  }
};

const expected = (records: readonly { readonly id: string }[]) =>
  records.map(({ id }) => `${id}@x`).sort();

test('actor and mailbox are asked for, two passes agree, and the case holds all', async (t) => {
  const records = [...stored(35)];
  const { asked, order } = await fetchTenant(t, records);
  const statement = statementIn(await eventsOf(order));
  assert.deepEqual(messagesOf(order.folder), expected(records));
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.deepEqual(
    statement.queries.map(({ filter, passes, records: had }) => ({ filter, passes, had })),
    [
      { filter: `actor ${VICTIM}`, passes: [35, 35], had: 35 },
      { filter: `keyword ${VICTIM}`, passes: [35, 35], had: 35 },
    ],
  );
  assert.equal(statement.newRecords, 35);
  assert.deepEqual([statement.emptyHours.hours, statement.emptyHours.of], [36, 48]);
  const writes = asked.filter(({ method, path }) => method === 'POST' && !path.endsWith('/token'));
  for (const { body } of writes) {
    const sent = JSON.parse(body) as Record<string, unknown>;
    assert.deepEqual(sent['operationFilters'], ['MailItemsAccessed']);
    assert.ok(
      !('recordTypeFilters' in sent) && !('serviceFilters' in sent) && !('serviceFilter' in sent),
    );
  }
  assert.equal(writes.length, 2);
  // Pages are evidence now; their hashes and places stay in the manifest.
  const folder = join(order.folder, 'evidence', `fetch-${statement.id}`);
  assert.deepEqual(readdirSync(folder).sort(), ['manifest.head', 'manifest.jsonl', 'state.json']);
  const manifest = readFileSync(join(folder, 'manifest.jsonl'), 'utf8');
  assert.match(manifest, /"entry":"kept"/);
  assert.deepEqual(unfinishedFetches(order.folder), []);
});

test('a back end without counts, under beta, whose list is asked after a lost answer', async (t) => {
  const records = [...stored(12)];
  const { asked, order } = await fetchTenant(t, records, {
    beta: true,
    noCounts: true,
    lostPosts: new Set([0]),
  });
  const statement = statementIn(await eventsOf(order));
  assert.deepEqual(messagesOf(order.folder), expected(records));
  assert.equal(statement.endpoint, '/beta/security/auditLog/queries');
  assert.equal(statement.queries[0]?.limitExceeded, null);
  const posts = asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/queries'));
  assert.equal(posts.length, 2, 'the one of unknown outcome was not sent again');
});

test('a query that is cut at its limit is halved until nothing is cut', async (t) => {
  const records = [...stored(100)];
  const { order } = await fetchTenant(t, records, { limit: 30 });
  const statement = statementIn(await eventsOf(order));
  assert.deepEqual(messagesOf(order.folder), expected(records));
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.ok(statement.queries.some(({ limitExceeded }) => limitExceeded === true));
  assert.equal(statement.newRecords, 100);
});

test('what only the second pass has is joined by id', async (t) => {
  const records = [...stored(25)];
  const late = new Set([records[3]?.id ?? '', records[24]?.id ?? '']);
  const { order } = await fetchTenant(t, records, { late });
  const statement = statementIn(await eventsOf(order));
  assert.deepEqual(messagesOf(order.folder), expected(records));
  assert.deepEqual(statement.queries[0]?.passes, [23, 25, 25]);
});

test('failed and cancelled queries end: once more, then it is said', async (t) => {
  const records = [...stored(5)];
  const ends = (made: number) => (made === 0 ? 'failed' : made === 1 ? 'cancelled' : 'succeeded');
  const once = await fetchTenant(t, records, { ends });
  assert.equal(statementIn(await eventsOf(once.order)).outcome, 'nothingKnownMissing');
  const always = await fetchTenant(t, records, { ends: () => 'failed' });
  const statement = statementIn(await eventsOf(always.order));
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(new Set(statement.holes.map(({ why }) => why)), new Set(['failed']));
});

test('asked again, only what came since is new', async (t) => {
  const records = [...stored(8)];
  const { order } = await fetchTenant(t, records);
  const first = statementIn(await eventsOf(order));
  records.push(...stored(11).slice(8));
  const again = statementIn(await eventsOf({ ...order, request: { request: 'again', api: null } }));
  assert.equal(again.again, first.id);
  assert.equal(again.newRecords, 3);
  assert.ok(
    again.queries.some(({ filter }) => filter.includes('1a0b7c9e-2222')),
    'the GUID that records told is asked for too',
  );
  assert.deepEqual(messagesOf(order.folder), expected(records));
});

test('stopped at any page and resumed: the same case, and no saved page asked for again', async (t) => {
  const records = [...stored(35)];
  for (const stopAt of [1, 4, 9]) {
    const control = new AbortController();
    let pages = 0;
    const { asked, order } = await fetchTenant(t, records, {
      instead: ({ path }) => {
        if (path.endsWith('/records') && ++pages === stopAt) control.abort();
        return null;
      },
    });
    const events = await eventsOf({ ...order, signal: control.signal });
    const end = events.at(-1);
    assert.ok(end?.event === 'cancelled');
    const [open] = unfinishedFetches(order.folder);
    assert.equal(open?.id, end.id);
    const before = asked.filter(({ path }) => path.endsWith('/records')).length;
    assert.equal(
      statementIn(await eventsOf({ ...order, request: { request: 'resume' } })).outcome,
      'nothingKnownMissing',
    );
    assert.deepEqual(messagesOf(order.folder), expected(records));
    const after = asked.filter(({ path }) => path.endsWith('/records')).length;
    // Two queries of four pages, two passes each; the one on its way when it stopped was not saved.
    assert.equal(after, 16 + 1, `${before} before`);
  }
});

/** What a fetch says of itself: announced and received, damaged rows, both ways to ask. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { fetchSentence, statementLines } from '../../../source/domain/fetches/fetch-words.ts';
import { holesOf } from '../../../source/domain/fetches/fetch-status.ts';
import type { FetchAsked } from '../../../source/domain/fetches/fetch.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { openCase } from '../../../source/case/case.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { fetchedBy, simulatedFetch, type SimulatedFetch } from './simulated-fetch.ts';

const PAGES = /records\?/;

const asking = (
  { order }: SimulatedFetch,
  of: Partial<FetchAsked>,
): Parameters<typeof fetchedBy>[0] => {
  assert.ok(order.request.request === 'new');
  return { ...order, request: { ...order.request, asked: { ...order.request.asked, ...of } } };
};

test('records without auditData are damaged rows, and then not all is here', async (t) => {
  const { tenant, order } = await simulatedFetch(t, { seed: 7, rows: 80 });
  tenant.faults.inject('audit-without-data', { only: PAGES, times: 9 });
  const { statement } = await fetchedBy(order);
  assert.ok(statement.damaged > 50, `${statement.damaged}`);
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(statement.holes, []);
  const sentence = fetchSentence(statement);
  const { received, announced, damaged } = statement;
  assert.ok(
    sentence.startsWith(
      `${received} of ${announced} announced received, NOT ALL IS HERE: ${damaged} damaged rows, late records possible until `,
    ),
    sentence,
  );
  assert.doesNotMatch(statementLines(statement).join('\n'), /nothing known to be missing|complete/);
});

test('fewer records than announced are a hole of the query, and of whom it asked for', async (t) => {
  const simulated = await simulatedFetch(t, { seed: 7, rows: 120 });
  const { tenant } = simulated;
  const user = tenant.people[1]?.upn ?? '';
  tenant.faults.inject('audit-announces-more', { times: 9 });
  const { statement } = await fetchedBy(asking(simulated, { users: [user] }));
  assert.ok(statement.announced !== null && statement.received < statement.announced);
  assert.equal(statement.outcome, 'missing');
  assert.ok(statement.holes.some(({ why }) => why === 'announced'));
  const holes = holesOf([statement]);
  assert.ok(holes.length > 0 && holes.every((hole) => hole.user === user && hole.address === null));
  assert.deepEqual(
    holesOf([
      { ...statement, id: 'first' },
      { ...statement, holes: [], again: 'first', outcome: 'nothingKnownMissing' },
    ]),
    [],
    'asked again since, with an answer that lacks nothing',
  );
});

const addressOf = (
  { tenant }: SimulatedFetch,
  spelled: (raw: string) => boolean,
): { readonly address: string; readonly ids: readonly string[] } => {
  const { rows } = tenant.content;
  const accesses = rows.flatMap(({ entry }) => (entry.kind === 'access' ? [entry] : []));
  const one = accesses.find(
    (entry) => spelled(entry.addressSpelled) && /^[\d.]+$/.test(entry.address),
  );
  assert.ok(one !== undefined, 'a record spells its address so');
  const ids = accesses.filter(({ address }) => address === one.address).map(({ id }) => id);
  return { address: one.address, ids };
};

const withAddress = async (t: TestContext, audit: TenantOptions['audit'] = {}) => {
  const simulated = await simulatedFetch(t, { seed: 4, rows: 400, audit });
  return { simulated, ...addressOf(simulated, (raw) => raw.includes(':')) };
};

test('an address is asked for in both ways, and the case has all of its records', async (t) => {
  const { simulated, address, ids } = await withAddress(t);
  const { statement } = await fetchedBy(asking(simulated, { addresses: [address] }));
  const [byFilter, byKeyword] = statement.queries;
  assert.deepEqual(
    [byFilter?.filter, byKeyword?.filter],
    [`address ${address}`, `keyword ${address}`],
  );
  assert.equal(byKeyword?.matching, ids.length);
  assert.ok((byFilter?.records ?? 0) < ids.length, 'as spelled, those with a port are not found');
  const wanted = new Set(ids);
  const { order, expected } = simulated;
  const got = digestOf(order.folder);
  // A keyword may bring more: text alike, elsewhere in a record.
  if (byKeyword?.records === ids.length) assert.equal(got, await expected((id) => wanted.has(id)));
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.match(statementLines(statement).join('\n'), new RegExp(`${ids.length} from that address`));
});

test('where a keyword finds no address, the other way does, and it is said that this is not all', async (t) => {
  const { simulated, address, ids } = await withAddress(t, {
    keywordFindsIndexed: false,
    anyPort: true,
  });
  const { statement } = await fetchedBy(asking(simulated, { addresses: [address] }));
  assert.deepEqual(
    statement.queries.map(({ matching }) => matching),
    [ids.length, 0],
  );
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(
    statement.holes.map(({ why, addresses }) => [why, addresses]),
    [['foundNothing', [address]]],
  );
  assert.match(statementLines(statement).join('\n'), /does not show that there is nothing/);
});

test('spellings with a port that the case knows are asked for when it is asked again', async (t) => {
  const { simulated, address } = await withAddress(t);
  const { statement: first } = await fetchedBy(asking(simulated, { addresses: [address] }));
  const { statement } = await fetchedBy({
    ...simulated.order,
    request: { request: 'again', api: null },
  });
  const found = (one: typeof first) => one.queries[0]?.records ?? 0;
  assert.ok(found(statement) > found(first), `${found(statement)} after ${found(first)}`);
  assert.equal(found(statement), statement.queries[1]?.matching);
});

test('an owner whom a keyword does not find is no mailbox that is whole', async (t) => {
  const simulated = await simulatedFetch(t, {
    ...{ seed: 4, rows: 200, audit: { keywordFindsIndexed: false } },
  });
  const user = simulated.tenant.people[1]?.upn ?? '';
  const { statement } = await fetchedBy(asking(simulated, { users: [user] }));
  assert.equal(statement.outcome, 'missing');
  assert.ok(
    holesOf([statement]).some((hole) => hole.reason === 'foundNothing' && hole.user === user),
  );
});

test('a source that was withdrawn leaves a hole in what its fetch says', async (t) => {
  const { order } = await simulatedFetch(t, { seed: 3, rows: 60 });
  const { statement } = await fetchedBy(order);
  const theCase = openCase({
    folder: order.folder,
    analyst: null,
    now: () => '2026-11-24T09:00:00Z',
  });
  try {
    const source = theCase.sources().find(({ id }) => id === statement.queries[0]?.source);
    assert.ok(source !== undefined);
    theCase.withdraw(source.id, 'a test');
    const [after] = theCase.fetches();
    assert.equal(after?.outcome, 'missing');
    assert.deepEqual(
      after?.holes.map(({ why }) => why),
      ['withdrawn'],
    );
  } finally {
    theCase.close();
  }
});

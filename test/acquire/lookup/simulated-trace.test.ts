import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { test } from 'node:test';
import { lookupMessages } from '../../../source/acquire/lookup/lookup.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import { digestOf } from '../../import/temporary-case.ts';
import { flawsIn, rebuilt } from '../../case/on-case.ts';
import {
  type ListedOrder,
  lookedUpBy,
  onACopy,
  simulatedLookup,
  type SimulatedLookup,
} from './simulated-lookup.ts';

const TRACES = /messageTraces\?/;
const SMALL = { seed: 7, rows: 40, mailboxes: 2, mailCount: 60 };

const endedAs =
  ({ truth }: SimulatedLookup, isSo: (end: unknown) => boolean) =>
  ({ mailbox, internetMessageId }: ListedOrder['messages'][number]): boolean =>
    isSo(truth()[`${mailbox?.owner} ${internetMessageId}`]);

const tracedOf = (simulated: SimulatedLookup): ListedOrder['messages'] =>
  simulated.order.messages.filter(endedAs(simulated, (end) => typeof end === 'object'));

/** Those with a trace, and some that have none. */
const someOf = (simulated: SimulatedLookup, others: number): ListedOrder => {
  const { order } = simulated;
  const untraced = order.messages.filter(endedAs(simulated, (end) => end === 'notFound'));
  return { ...order, messages: [...tracedOf(simulated), ...untraced.slice(0, others)] };
};

/** The same, of one mailbox. */
const fewOf = (simulated: SimulatedLookup): ListedOrder => {
  const owner = tracedOf(simulated)[0]?.mailbox?.owner;
  const ofOne = simulated.order.messages.filter(({ mailbox }) => mailbox?.owner === owner);
  return someOf({ ...simulated, order: { ...simulated.order, messages: ofOne } }, 2);
};

/** Requests to message trace in the fullest five minutes. */
const mostInFiveMinutes = (times: readonly string[]): number => {
  const at = times.map((time) => Date.parse(time));
  return Math.max(
    ...at.map((from) => at.filter((one) => one >= from && one < from + 300_000).length),
  );
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

test('every message has the metadata that the trace has, or its reason', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { tenant, truth, said, theCase } = simulated;
  const order = someOf(simulated, 3);
  const { statement } = await lookedUpBy(order);
  assert.deepEqual(said(order), truth(order));
  const asked = tenant.log.matching(TRACES);
  assert.equal(statement.requests, asked.length);
  for (const { url } of asked) {
    const filter = new URL(url, 'https://graph.example').searchParams.get('$filter') ?? '';
    assert.match(filter, / and receivedDateTime ge \S+Z and receivedDateTime le \S+Z$/);
    assert.doesNotMatch(filter, /\b(or|in|ne|not)\b \(?'/);
  }
  assert.equal(tenant.log.writes().length, 0);

  await t.test('nothing is asked twice, nor is anybody signed in for it', async () => {
    tenant.log.clear();
    const again = await lookedUpBy(order);
    assert.deepEqual(again.statement, {
      ...statement,
      requests: 0,
      lateSince: null,
      traffic: null,
    });
    assert.equal(tenant.log.entries.length, 0);
  });

  await t.test('evidence alone gives the same case', async () => {
    const before = digestOf(order.folder);
    assert.deepEqual(await flawsIn(theCase()), []);
    assert.equal(await rebuilt(order.folder), 'finished');
    assert.equal(digestOf(order.folder), before);
  });

  await t.test('no secret and no token is in any file', () => {
    for (const path of filesIn(order.folder)) {
      const bytes = readFileSync(path);
      const text = (path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes).toString('latin1');
      assert.doesNotMatch(text, /Bearer |eyJ[\w-]{20}|access_token/, path);
      for (const secret of tenant.secrets()) assert.ok(!text.includes(secret), path);
      assert.equal(statSync(path).mode & 0o077, 0, `${path} is ours alone`);
    }
  });
});

/** Faults after which a patient client has everything. */
const PASSING: readonly FaultName[] = [
  'server-error-500',
  'bad-gateway-502',
  'unavailable-503',
  'unavailable-503-silent',
  'gateway-timeout-504',
  'throttled-429',
  'throttled-429-date',
  'throttled-429-silent',
  'connection-reset',
  'answer-lost',
  'answer-cut',
  'token-rejected',
  'claims-challenge',
  'forbidden-for-now',
];

test('whatever passes leaves the case as the truth is', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const few = fewOf(simulated);
  const { tenant, truth, said } = simulated;
  // Five in a lookup: each strikes another request of it.
  for (let from = 0; from < PASSING.length; from += 5) {
    const faults = PASSING.slice(from, from + 5);
    await t.test(faults.join(', '), async (each) => {
      const order = onACopy(each, few);
      for (const [at, fault] of faults.entries())
        tenant.faults.inject(fault, { only: TRACES, skip: at * 3 });
      await lookedUpBy(order);
      for (const fault of faults) assert.equal(tenant.faults.struck(fault), 1, fault);
      assert.deepEqual(said(order), truth(order));
    });
  }
});

test('rows that come late are found by asking again, and until then it is said', async (t) => {
  const simulated = await simulatedLookup(t, { ...SMALL, rows: 150, mailCount: 120 });
  const { tenant, truth, said } = simulated;
  // Of the rows that the fault leaves out, those that tell of a message of the case.
  const { rows } = tenant.services.trace;
  const late = new Set(rows.filter((_, at) => at % 12 === 0).map(({ messageId }) => messageId));
  const punctual = new Set(rows.filter((_, at) => at % 12 !== 0).map(({ messageId }) => messageId));
  const named = ({ internetMessageId }: ListedOrder['messages'][number]) =>
    `<${internetMessageId}>`;
  const messages = tracedOf(simulated).filter(
    (one) => late.has(named(one)) && !punctual.has(named(one)),
  );
  assert.ok(messages.length > 0);
  const order = { ...simulated.order, messages };
  tenant.faults.inject('trace-late-rows', { only: TRACES, times: 1000 });
  const { statement } = await lookedUpBy(order);
  assert.deepEqual([statement.found, statement.notFound], [0, messages.length]);
  assert.ok(statement.lateSince !== null);
  tenant.faults.clear();
  assert.equal((await lookedUpBy(order)).statement.requests, 0);
  await lookedUpBy({ ...order, again: true });
  assert.deepEqual(said(order), truth(order));
});

for (const principal of ['missing-401', 'missing-403'] as const)
  test(`a tenant without the service principal (${principal}): one request, and the command that makes it`, async (t) => {
    const simulated = await simulatedLookup(t, { ...SMALL, trace: { principal } });
    const { tenant, order, said } = simulated;
    const before = said();
    const ends = [];
    for await (const event of lookupMessages(order)) ends.push(event);
    const end = ends.at(-1);
    assert.ok(end?.event === 'failed');
    assert.match(end.hint, /New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373/);
    assert.equal(tenant.log.matching(TRACES).length, 1);
    assert.equal(tenant.log.matching(/POST .*\/token/).length, 1, 'the token was good');
    assert.deepEqual(said(), before, 'nobody was asked, so nothing was looked up');
  });

test('what was first accessed before the trace begins is older than it, without a request', async (t) => {
  const { tenant, order, said } = await simulatedLookup(t, {
    ...SMALL,
    now: '2026-11-20T00:00:00Z',
  });
  const old = order.messages.filter(
    (one) => (one as { readonly firstAccess?: string }).firstAccess! < '2026-08-22',
  );
  assert.ok(old.length > 0 && old.length < order.messages.length);
  await lookedUpBy({ ...order, messages: old });
  assert.equal(tenant.log.matching(TRACES).length, 0);
  const reasons = new Set(Object.values(said({ ...order, messages: old })));
  assert.ok(
    reasons.has('olderThanTrace') && !reasons.has('notFound') && !reasons.has('notLookedUp'),
  );
});

test('a mailbox is read once, whatever is wanted of it later', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { tenant, order } = simulated;
  const few = fewOf(simulated);
  const byMailbox = order.messages.filter(
    ({ mailbox }) => mailbox?.owner === few.messages[0]?.mailbox?.owner,
  );
  await lookedUpBy(few);
  assert.equal(tenant.log.matching(/(recipient|sender)Address/).length, 20);
  tenant.log.clear();
  await lookedUpBy({ ...order, messages: byMailbox });
  assert.equal(tenant.log.matching(/(recipient|sender)Address/).length, 0);
});

test('what a withdrawn source held is asked for anew, not said to be missing', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const order = { ...fewOf(simulated), messages: tracedOf(simulated).slice(0, 1) };
  const { truth, said, theCase } = simulated;
  await lookedUpBy(order);
  const opened = theCase();
  for (const { kind, id } of opened.sources()) if (kind === 'trace') opened.withdraw(id, 'test');
  assert.deepEqual(Object.values(said(order)), ['notLookedUp']);
  const { statement } = await lookedUpBy(order);
  assert.equal(statement.found, 1);
  assert.deepEqual(said(order), truth(order));
});

test('mail that was accessed just now, or a little later by our clock, is not asked for over and over', async (t) => {
  const accessed = (one: ListedOrder['messages'][number] | undefined): string =>
    (one as { readonly firstAccess?: string } | undefined)?.firstAccess ?? '';
  const latestOf = ({ messages }: ListedOrder) =>
    [...messages].sort((one, other) => (accessed(one) < accessed(other) ? 1 : -1)).slice(0, 1);
  const last = Date.parse(accessed(latestOf((await simulatedLookup(t, SMALL)).order)[0]));
  for (const after of [60_000, -60_000])
    await t.test(`${after / 1000} s after the access`, async (each) => {
      const now = new Date(last + after).toISOString();
      const { tenant, order } = await simulatedLookup(each, { ...SMALL, now });
      await lookedUpBy({ ...order, messages: latestOf(order) });
      const asked = tenant.log.matching(/(recipient|sender)Address/);
      assert.ok(asked.length <= 20, `${asked.length} requests`);
    });
});

test('leftovers are asked for one by one within the limit, as far as is sensible, and how long the rest takes is said', async (t) => {
  const simulated = await simulatedLookup(t, { ...SMALL, rows: 150, mailCount: 120 });
  const { tenant } = simulated;
  const untraced = endedAs(simulated, (end) => end === 'notFound');
  const messages = simulated.order.messages.filter(untraced).slice(0, 100);
  const order = { ...simulated.order, messages, thorough: false };
  const { events, statement } = await lookedUpBy(order);
  const traced = tenant.log.matching(TRACES);
  assert.ok(traced.every(({ status }) => status === 200));
  const most = mostInFiveMinutes(traced.map(({ at }) => at));
  // Ninety as we send them; on its way one may fall into the window beside.
  assert.ok(most >= 85 && most <= 92, `${most} requests in five minutes`);
  const singles = tenant.log.matching(/messageId%20eq/).length;
  assert.ok(singles >= 180 && singles < 180 + 50, `${singles} requests`);
  const { notAskedSingly, notFound } = statement;
  assert.equal(notFound, messages.length);
  assert.ok(notAskedSingly.messages > 0 && notAskedSingly.messages < messages.length);
  assert.ok(notAskedSingly.requests > 90 && notAskedSingly.seconds > 300);
  assert.ok(
    events.some((event) => event.event === 'note' && /stops after some 180/.test(event.text)),
  );
  // Whoever goes on begins where that was left.
  const asked = new Set(tenant.log.matching(/messageId%20eq/).map(({ url }) => url));
  tenant.log.clear();
  await lookedUpBy({ ...order, messages: messages.slice(0, 40) });
  assert.ok(tenant.log.matching(/messageId%20eq/).every(({ url }) => !asked.has(url)));
});

test('a window that stays broken: what is found beside it is found, the rest has failed, and it alone is asked again', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { tenant, truth, said } = simulated;
  const order = { ...fewOf(simulated), thorough: false };
  const broken = /recipientAddress.*ge%202026-07-14/;
  tenant.faults.inject('server-error-500', { only: broken, times: 1000 });
  const { statement, events } = await lookedUpBy(order);
  assert.ok(statement.failed > 0 && statement.notFound === 0, JSON.stringify(statement));
  assert.ok(events.some((event) => event.event === 'note' && /could not be had/.test(event.text)));
  const reasons = Object.values(said(order)).filter((end) => typeof end === 'string');
  assert.deepEqual([...new Set(reasons)], ['lookupFailed']);
  tenant.faults.clear();
  tenant.log.clear();
  await lookedUpBy(order);
  const halves = tenant.log.matching(/(recipient|sender)Address/).map(({ url }) => url);
  // And the last hours of the same half, of which rows may have come late.
  assert.equal(halves.length, 2, halves.join('\n'));
  assert.ok(halves.some((url) => broken.test(url)));
  assert.ok(halves.some((url) => /recipientAddress.*ge%202026-10-02/.test(url)));
  assert.deepEqual(said(order), truth(order));
});

/** The seven bits of a hostile or broken tenant, each at some page of one window. */
const BROKEN_PAGES: readonly (readonly [FaultName, RegExp])[] = [
  ['trace-next-refused', /no longer known|Skip Token/],
  ['trace-next-elsewhere', /another host/],
  ['trace-endless', /nothing new/],
  ['redirect', /another place/],
];

for (const [fault, why] of BROKEN_PAGES)
  test(`a next page that is refused (${fault}): what was read is in the case, the hole is named, and it goes on`, async (t) => {
    const simulated = await simulatedLookup(t, { ...SMALL, trace: { page: 1 } });
    const { tenant, truth, said, theCase } = simulated;
    const order = { ...fewOf(simulated), thorough: false };
    const next = fault === 'redirect' ? /skiptoken/ : /./;
    const window = /recipientAddress.*ge%202026-07-04/;
    const only = new RegExp(`${window.source}.*${next.source}`);
    tenant.faults.inject(fault, { only, times: 1000 });
    const { statement, events } = await lookedUpBy(order);
    assert.ok(tenant.faults.struck(fault) > 0);
    assert.ok(statement.failed > 0 && statement.notFound === 0, JSON.stringify(statement));
    assert.ok(events.some((event) => event.event === 'note' && why.test(event.text)));
    const past = theCase().lookups().at(-1);
    assert.ok(past?.holes.some(({ why: reason, filled }) => why.test(reason) && !filled));
    assert.ok(events.filter(({ event }) => event === 'source').length > 0);
    tenant.faults.clear();
    await lookedUpBy(order);
    assert.deepEqual(said(order), truth(order));
  });

test('a sign-in that counts no more after some pages: these are in the case, and the rest is asked for later', async (t) => {
  const simulated = await simulatedLookup(t, { ...SMALL, trace: { page: 1 } });
  const { tenant, truth, said, theCase } = simulated;
  const order = { ...fewOf(simulated), thorough: false };
  const only = /recipientAddress.*skiptoken/;
  tenant.faults.inject('token-rejected', { only, times: 1000, skip: 1 });
  const last: string[] = [];
  for await (const { event } of lookupMessages(order)) last.push(event);
  assert.equal(last.at(-1), 'failed');
  assert.ok(last.includes('source'), 'what came is in the case');
  const sources = theCase()
    .sources()
    .filter(({ kind }) => kind === 'trace');
  assert.ok(sources.some(({ accepted }) => accepted > 0));
  assert.ok((theCase().lookups().at(-1)?.holes.length ?? 0) > 0);
  tenant.faults.clear();
  await lookedUpBy(order);
  assert.deepEqual(said(order), truth(order));
  assert.deepEqual(await flawsIn(theCase()), []);
});

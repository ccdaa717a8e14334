import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { signInsAsked } from '../../../source/case/fetch-status.ts';
import { fetchRecords } from '../../../source/acquire/fetch/fetch-records.ts';
import { statementLines } from '../../../source/domain/fetches/fetch-words.ts';
import { isCertain } from '../../../source/domain/sessions/sign-in-join.ts';
import type { Case } from '../../../source/case/case.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import type { SignInEntry } from '../../simulator/sign-ins/sign-in-entries.ts';
import {
  ALL_PERMISSIONS,
  fullRegistration,
  type TenantOptions,
} from '../../simulator/tenant-options.ts';
import { readCaseFile } from '../../../source/store/case-file.ts';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { caseOn, flawsIn } from '../../case/on-case.ts';
import { digestOf, importInto, writeLines } from '../../import/temporary-case.ts';
import { fetchedBy, type SimulatedFetch, simulatedFetch } from './simulated-fetch.ts';

const LOG = /auditLogs\/signIns/;
/** 25 days into the case: all of it so far is in reach. */
const NOW = '2026-08-28T00:00:00Z';

/** So few entries that pages have a next one. */
const PAGED: TenantOptions = { rows: 300, signIns: { page: 3 } };

/** A case that holds the records of the tenant already, and the order to fetch the sign-ins for it. */
const signInFetch = async (t: TestContext, options: TenantOptions = {}) => {
  const simulated = await simulatedFetch(t, { seed: 2, rows: 700, now: NOW, ...options });
  const { tenant, folder, order } = simulated;
  const lines = tenant.content.records
    .filter(({ at }) => at * 1000 < tenant.clock.now())
    .map(({ data }) => JSON.stringify(data));
  await importInto(order.folder, [writeLines(folder, 'records.ndjson', lines)]);
  const none = { users: [], from: null, to: null };
  const now = new Date(tenant.clock.now()).toISOString();
  const { asked } = signInsAsked(order.folder, none, now);
  const request = { request: 'new', api: 'signIns', asked } as const;
  return { ...simulated, order: { ...order, request } };
};

/** What must be joined: by the tenant's own entries and records, without anything of the product. */
const truthOf = ({ tenant }: Pick<SimulatedFetch, 'tenant'>) => {
  const now = tenant.clock.now() / 1000;
  const entries = tenant.services.signIns.entries.filter(({ at }) => at <= now);
  const bySession = new Map<string, Set<string>>();
  const note = (session: string, entry: SignInEntry): void => {
    bySession.set(session, (bySession.get(session) ?? new Set()).add(entry.id));
  };
  for (const { at, data } of tenant.content.records) {
    if (data['Operation'] !== 'MailItemsAccessed' || at >= now) continue;
    const context = (data['AppAccessContext'] ?? {}) as Record<string, string | undefined>;
    const session = (data['SessionId'] || context['AADSessionId']) as string | undefined;
    for (const entry of entries) {
      const token = context['UniqueTokenId'];
      if (entry.sessionId !== null && entry.sessionId === session) note(session, entry);
      if (token !== undefined && entry.uniqueTokenIdentifier === token)
        note(session ?? 'derived', entry);
    }
  }
  return bySession;
};

const joinedIn = (theCase: Case): Map<string, Set<string>> => {
  const joined = new Map<string, Set<string>>();
  for (const session of theCase.sessions({}))
    for (const one of session.signIns) {
      if (!isCertain(one)) continue;
      const key = session.sessionId ?? 'derived';
      joined.set(key, (joined.get(key) ?? new Set()).add(one.signIn.id));
    }
  return joined;
};

const sorted = (joined: Map<string, Set<string>>) =>
  [...joined].map(([key, ids]) => [key, [...ids].sort()]).sort();

test('the sign-ins of each session are those that opened it, by the tenant itself', async (t) => {
  const simulated = await signInFetch(t);
  const { tenant, order } = simulated;
  const { statement, events } = await fetchedBy(order);
  assert.equal(statement.outcome, 'nothingKnownMissing', JSON.stringify(statement.holes));
  assert.equal(statement.endpoint, '/beta/auditLogs/signIns');
  const theCase = caseOn(t, order.folder);
  const truth = truthOf(simulated);
  assert.ok(truth.size > 10);
  assert.deepEqual(sorted(joinedIn(theCase)), sorted(truth));
  for (const event of events)
    if (event.event === 'source') assert.equal(event.source.kind, 'signIns');
  // One entry whole, as the tenant has it.
  const session = [...theCase.sessions({})].find(({ signIns }) => signIns.some(isCertain));
  const [joined] = session?.signIns ?? [];
  const entry = tenant.services.signIns.entries.find(({ id }) => id === joined?.signIn.id);
  assert.equal(joined?.signIn.address, entry?.ipAddress);
  assert.equal(joined?.signIn.appId, entry?.appId);
  assert.equal(joined?.signIn.event, entry?.type);
  assert.ok(tenant.log.writes().every(({ host }) => host === 'authority'));
  assert.deepEqual(await flawsIn(theCase), []);
});

test('faults that pass leave the same case, with a page that lost its place among them', async (t) => {
  const plain = await signInFetch(t, PAGED);
  await fetchedBy(plain.order);
  const expected = digestOf(plain.order.folder);
  const faults: readonly FaultName[] = [
    'throttled-429-silent',
    'throttled-429',
    'unavailable-503-silent',
    'answer-cut',
    'token-rejected',
    'forbidden-for-now',
    'sign-ins-skiptoken',
  ];
  for (const fault of faults)
    await t.test(fault, async (each) => {
      const { tenant, order } = await signInFetch(each, PAGED);
      const only = fault === 'sign-ins-skiptoken' ? LOG : /signIns\?/;
      tenant.faults.inject(fault, { only, skip: fault === 'sign-ins-skiptoken' ? 1 : 2 });
      const { statement } = await fetchedBy(order);
      assert.ok(tenant.faults.struck(fault) > 0);
      assert.equal(statement.outcome, 'nothingKnownMissing');
      assert.equal(digestOf(order.folder), expected);
    });
});

test('pages that lost their place are asked for from the first on, and nothing comes twice', async (t) => {
  const { tenant, order } = await signInFetch(t, PAGED);
  tenant.faults.inject('sign-ins-skiptoken', { times: 2, skip: 1 });
  const { statement, events } = await fetchedBy(order);
  assert.equal(tenant.faults.struck('sign-ins-skiptoken'), 2);
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.ok(events.some((event) => event.event === 'note' && /lost the place/.test(event.text)));
  const source = caseOn(t, order.folder)
    .sources()
    .find(({ kind }) => kind === 'signIns');
  assert.equal(source?.accepted, statement.records);
  assert.equal(source?.conflicts, 0);
});

test('what is older than 30 days is a hole, and is not asked for', async (t) => {
  // Six hours after the last day of sixty.
  const simulated = await simulatedFetch(t, { seed: 2, rows: 300 });
  const { tenant, order } = simulated;
  const users = tenant.people.slice(1, 3).map(({ upn }) => upn);
  const asked = {
    ...(order.request.request === 'new' ? order.request.asked : assert.fail()),
    users,
  };
  const { statement } = await fetchedBy({
    ...order,
    request: { request: 'new', api: 'signIns', asked },
  });
  const reach = `${new Date(Date.parse(statement.startedAt) - 30 * 86_400_000).toISOString().slice(0, 19)}Z`;
  assert.deepEqual(statement.holes, [
    {
      ...{ from: statement.asked.from, to: reach, why: 'outOfReach', filled: false },
      ...{ users, addresses: [], said: null },
    },
  ]);
  assert.equal(statement.outcome, 'missing');
  assert.ok(statement.queries.every(({ from }) => from === reach));
  const old = { ...asked, to: statement.asked.from.replace('T00:', 'T12:') };
  const past = await fetchedBy({
    ...order,
    request: { request: 'new', api: 'signIns', asked: old },
  });
  assert.deepEqual([past.statement.queries.length, past.statement.outcome], [0, 'missing']);
  assert.ok(past.events.some((event) => event.event === 'note' && /30 days/.test(event.text)));
});

test('a tenant that answers under v1.0 alone: joined as likely only, and the rest said to be missing', async (t) => {
  const { tenant, order } = await signInFetch(t, { rows: 300, signIns: { beta: false } });
  const { statement, events } = await fetchedBy(order);
  assert.equal(statement.endpoint, '/v1.0/auditLogs/signIns');
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(new Set(statement.holes.map(({ why }) => why)), new Set(['notOffered']));
  assert.ok(statement.queries.some(({ status, records }) => status === 'read' && records > 0));
  assert.ok(events.some((event) => event.event === 'note' && /v1\.0 only/.test(event.text)));
  assert.equal(statement.holes.length, 1, 'whoever was asked for');
  const holes = statementLines(statement).filter((line) => /^ +hole /.test(line));
  assert.equal(holes.length, 1);
  assert.match(holes[0] ?? '', /the non-interactive sign-ins, and those of applications/);
  const theCase = caseOn(t, order.folder);
  const joins = [...theCase.sessions({})].flatMap(({ signIns }) => signIns.map(({ by }) => by));
  assert.deepEqual(new Set(joins), new Set(['likely']));
  const asked = tenant.log.matching(/v1\.0\/auditLogs\/signIns/);
  assert.ok(asked.length > 1 && asked.every(({ url }) => !url.includes('signInEventTypes')));
});

test('without a licence or the permissions it says so, and what is to be done', async (t) => {
  const said = async (options: TenantOptions): Promise<string> => {
    const { order } = await signInFetch(t, { rows: 60, ...options });
    let last = '';
    for await (const event of fetchRecords(order))
      last = event.event === 'failed' ? `${event.problem} ${event.hint}` : event.event;
    return last;
  };
  assert.match(await said({ signIns: { premium: false } }), /P1 or P2.*import the file/);
  const lacking = ALL_PERMISSIONS.filter((name) => name !== 'Directory.Read.All');
  const registrations = [fullRegistration({ application: lacking })];
  assert.match(await said({ registrations }), /AuditLog\.Read\.All and Directory\.Read\.All/);
});

test('asked for again, what came late is new', async (t) => {
  const { tenant, order } = await signInFetch(t, { rows: 300, now: '2026-08-20T00:00:00Z' });
  await fetchedBy(order);
  tenant.clock.advance(5 * 86_400_000);
  const again = { ...order, request: { request: 'again', api: 'signIns' } } as const;
  const { statement } = await fetchedBy(again);
  assert.equal(statement.outcome, 'nothingKnownMissing');
  assert.ok(statement.again !== null);
});

test('what left the log while a fetch was left is said to be out of reach', async (t) => {
  const { tenant, order } = await signInFetch(t, PAGED);
  const control = new AbortController();
  const clock = order.clock;
  assert.ok(clock !== undefined);
  const after = (milliseconds: number, call: () => void) => {
    if (tenant.log.matching(LOG).length >= 3) control.abort();
    return clock.after(milliseconds, call);
  };
  const stopped = { ...order, clock: { ...clock, after }, signal: control.signal };
  await assert.rejects(fetchedBy(stopped), /cancelled/);
  tenant.clock.advance(20 * 86_400_000);
  const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(statement.outcome, 'missing');
  assert.deepEqual(
    statement.holes.map(({ why, to }) => [why, to.slice(0, 10)]),
    [['outOfReach', '2026-08-18']],
  );
});

const userQueries = (tenant: SimulatedFetch['tenant']) =>
  tenant.log.matching(/signIns\?.*userPrincipalName/).map(({ url }) => decodeURIComponent(url));

test('both kinds of a user are one query, and apart where the tenant heeds one of them alone', async (t) => {
  const plain = await signInFetch(t);
  await fetchedBy(plain.order);
  const expected = digestOf(plain.order.folder);
  const first = userQueries(plain.tenant);
  assert.ok(first.every((url) => /'interactiveUser' or t eq 'nonInteractiveUser'/.test(url)));
  const { tenant, order } = await signInFetch(t, { signIns: { typesTogether: false } });
  const { statement, events } = await fetchedBy(order);
  assert.equal(statement.outcome, 'nothingKnownMissing');
  const apart = userQueries(tenant).filter((url) => /any\(t: t eq 'interactiveUser'\)/.test(url));
  assert.equal(apart.length, new Set(first).size, 'each user once more');
  assert.ok(events.some((one) => one.event === 'note' && /No interactiveUser/.test(one.text)));
  const accepted = (folder: string) =>
    caseOn(t, folder)
      .sources()
      .filter(({ kind }) => kind === 'signIns')
      .reduce((sum, one) => sum + one.accepted, 0);
  assert.equal(accepted(order.folder), accepted(plain.order.folder));
  assert.ok(expected !== '');
});

test('how many queries it will take and how long is said before it begins', async (t) => {
  const { order } = await simulatedFetch(t, { seed: 2, rows: 60, now: NOW });
  const users = Array.from({ length: 40 }, (_, at) => `user${at}@contoso.example`);
  const asked = { users, mailboxes: [], addresses: [], from: '2026-08-20T00:00:00Z', to: NOW };
  const { events } = await fetchedBy({
    ...order,
    request: { request: 'new', api: 'signIns', asked },
  });
  const first = events.find(({ event }) => event === 'note');
  assert.match(
    first?.event === 'note' ? first.text : '',
    /^40 queries to the sign-in log, a user each, in 40 requests at least: 88 s at the tenant's limit/,
  );
});

/** What a run that did not end well said. */
const broken = async (order: Parameters<typeof fetchRecords>[0]) => {
  const events = [];
  for await (const event of fetchRecords(order)) events.push(event);
  const end = events.at(-1);
  assert.equal(end?.event, 'failed');
  return { events, problem: end.event === 'failed' ? end.problem : '' };
};

for (const [fault, why] of [
  ['sign-ins-next-elsewhere', /another host/],
  ['sign-ins-endless', /nothing new/],
  ['token-rejected', /no longer accepts/],
] as const)
  test(`a next page that cannot be had (${fault}): what was read is in the case, the hole is named, and resuming goes on`, async (t) => {
    const plain = await signInFetch(t, PAGED);
    await fetchedBy(plain.order);
    const rowsOf = (folder: string) =>
      caseOn(t, folder)
        .sources()
        .filter(({ kind }) => kind === 'signIns')
        .reduce((sum, one) => sum + one.accepted, 0);
    const all = rowsOf(plain.order.folder);
    const { tenant, order } = await signInFetch(t, PAGED);
    const only = fault === 'token-rejected' ? /skiptoken/ : /signIns\?.*userPrincipalName/;
    tenant.faults.inject(fault, { only, times: 1000, skip: 1 });
    const { problem, events } = await broken(order);
    assert.match(problem, why);
    assert.ok(events.some((one) => one.event === 'note' && /could be had/.test(one.text)));
    const some = rowsOf(order.folder);
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    const [past] = caseOn(t, order.folder).fetches().slice(-1);
    assert.ok(past?.holes.some(({ why: reason, filled }) => reason === 'refused' && !filled));
    assert.equal(past?.outcome, 'unfinished');
    tenant.faults.clear();
    const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
    assert.equal(statement.outcome, 'nothingKnownMissing');
    assert.equal(rowsOf(order.folder), all);
    assert.deepEqual(await flawsIn(caseOn(t, order.folder)), []);
  });

test('a user who cannot be asked for costs nobody else, and stays open', async (t) => {
  const { tenant, order } = await signInFetch(t, { rows: 300 });
  tenant.faults.inject('redirect', { only: /signIns\?.*userPrincipalName/ });
  const { problem } = await broken(order);
  assert.match(problem, /another place/);
  const queries = caseOn(t, order.folder).fetches().at(-1)?.queries ?? [];
  assert.deepEqual(queries.map(({ status }) => status).sort(), [
    ...queries.slice(1).map(() => 'read'),
    'refused',
  ]);
  const { statement } = await fetchedBy({ ...order, request: { request: 'resume' } });
  assert.equal(statement.outcome, 'nothingKnownMissing');
});

test('what it does is to be seen in the case while it runs', async (t) => {
  const { tenant, order } = await signInFetch(t, { rows: 300 });
  const seen = new Set<string>();
  const requests: number[] = [];
  const { clock } = order;
  assert.ok(clock !== undefined);
  const after = (milliseconds: number, call: () => void) => {
    const past = readCaseFile(openCaseFolder(order.folder, { create: false })).fetches.at(-1);
    for (const { status } of past?.queries ?? []) seen.add(status);
    if (past !== undefined) requests.push(past.requests);
    return clock.after(milliseconds, call);
  };
  await fetchedBy({ ...order, clock: { ...clock, after } });
  assert.ok(tenant.log.matching(LOG).length > 5);
  assert.ok(seen.has('planned') && seen.has('being read'), [...seen].join());
  assert.ok(Math.max(...requests) > 3, requests.join());
});

test('next pages that are always refused are narrowed to hours and no further, and what is left is a hole', async (t) => {
  const { tenant, order } = await simulatedFetch(t, {
    ...{ seed: 2, rows: 3000, now: NOW, signIns: { page: 1, perTenSeconds: 1000 } },
  });
  tenant.faults.inject('sign-ins-skiptoken', { times: 1_000_000 });
  const { entries } = tenant.services.signIns;
  const now = tenant.clock.now() / 1000;
  // Two sign-ins within an hour, which no window that is asked for tells apart, of somebody with few.
  const times = new Map<string, number[]>();
  for (const { userPrincipalName: name, type, at } of entries)
    if (type.endsWith('User') && at < now) times.set(name, [...(times.get(name) ?? []), at]);
  const [[user = ''] = []] = [...times]
    .filter(([, all]) => all.some((at, place) => Math.abs((all[place + 1] ?? 0) - at) < 3600))
    .sort(([, one], [, other]) => one.length - other.length);
  assert.notEqual(user, '');
  const asked = { users: [user], mailboxes: [], addresses: [] };
  const period = { from: '2026-08-03T00:00:00Z', to: NOW };
  const request = { request: 'new', api: 'signIns', asked: { ...asked, ...period } } as const;
  const { statement } = await fetchedBy({ ...order, request });
  assert.equal(statement.outcome, 'missing');
  const open = statement.holes.filter(({ filled, why }) => why === 'spoiled' && !filled);
  const hours = open.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 3_600_000);
  assert.ok(Math.min(...hours) > 1 && Math.min(...hours) < 12, hours.join());
  assert.ok(statement.queries.length < 2 ** 9, `${statement.queries.length} queries`);
  assert.ok(statement.records > 1);
});

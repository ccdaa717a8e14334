import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { traceSchema } from '../../source/exports/documents/lookup.ts';
import { assertValid } from '../exports/validator.ts';
import { simulatedLookup } from '../acquire/lookup/simulated-lookup.ts';
import type { TenantOptions } from '../simulator/tenant-options.ts';
import { runMia } from './run-mia.ts';

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();

/** Commands go by the machine's clock, so the case must be of these days. */
const recent = async (t: TestContext, options: TenantOptions = {}) => {
  const simulated = await simulatedLookup(t, {
    ...{ seed: 7, rows: 40, mailboxes: 2, mailCount: 60, ...options },
    ...{ from: iso(Date.now() - 61 * DAY).slice(0, 10), now: iso(Date.now()) },
  });
  const { order, truth } = simulated;
  const ends = truth();
  const endOf = ({ mailbox, internetMessageId }: (typeof order.messages)[number]) =>
    ends[`${mailbox?.owner} ${internetMessageId}`];
  const mia = (argv: readonly string[], more: Parameters<typeof runMia>[1] = {}) =>
    runMia(argv, { caseFolder: order.folder, variables: order.variables, ...more });
  const traced = order.messages.filter((one) => typeof endOf(one) === 'object');
  return { ...simulated, mia, traced, endOf };
};

/** Every document that says what was fetched says what was looked up. */
const statementIsKept = async (
  mia: (argv: readonly string[]) => ReturnType<typeof runMia>,
  lookup: { readonly asked: number; readonly requests: number },
): Promise<void> => {
  const exported = JSON.parse((await mia(['export', '--format', 'json'])).stdout);
  assertValid(exposureSchema, exported);
  assert.equal(exported.lookUps.length, 1);
  const { outcome, mailboxes, asked, requests } = exported.lookUps[0];
  assert.deepEqual(
    { outcome, mailboxes, asked, requests },
    { outcome: 'finished', mailboxes: false, asked: lookup.asked, requests: lookup.requests },
  );
  for (const command of ['summary', 'sources']) {
    assert.deepEqual(JSON.parse((await mia([command, '--json'])).stdout).lookUps, exported.lookUps);
    const { stdout } = await mia([command]);
    assert.match(stdout, /^ {2}Lookup, \S+Z: ended$/m);
    assert.match(
      stdout,
      /^ {4}Asked: \/v1\.0\/admin\/exchange\/tracing\/messageTraces; \d+ answers, 0 requests repeated\.$/m,
    );
  }
  const sheet = await mia(['export', '--format', 'csv', '--sheet', 'look-ups']);
  assert.match(sheet.stdout, /,finished,.*,false,false,false,2,/);
};

test('ids are looked up wherever they are, and what can be said for it is said', async (t) => {
  const { mia, traced, endOf } = await recent(t);
  const [message] = traced;
  assert.ok(message !== undefined);
  const id = `<${message.internetMessageId}>`;
  const known = await mia(['trace', id, '--json']);
  assert.equal(JSON.parse(known.stdout).lookup, null);
  const fetched = await mia(['trace', '--fetch', id, 'nobody@elsewhere.example', '--json']);
  assert.equal(fetched.code, 0, fetched.stderr);
  const document = JSON.parse(fetched.stdout);
  assertValid(traceSchema, document);
  const [first, second] = document.messages;
  assert.equal(first.trace.subject, (endOf(message) as { readonly subject: string }).subject);
  assert.equal(first.trace.source, 'fetchedTrace');
  assert.deepEqual([second.inCase, second.unresolved], [false, 'notFound']);
  assert.match(fetched.stderr, /1 of 2 messages with metadata, 1 not found \(\d+ requests\)\./);
  assert.match(fetched.stderr, /Rows of mail since \S+Z may still come; --again/);
  await statementIsKept(mia, document.lookup);
  const again = await mia(['trace', '--fetch', id, 'nobody@elsewhere.example']);
  assert.match(again.stderr, /with metadata, 1 not found \(0 requests\)\./);
  assert.match(again.stdout, /^MESSAGE ID\tIN CASE/);
  const alone = await mia(['trace', '--fetch', id]);
  assert.match(alone.stderr, /1 of 1 message with metadata, nothing known to be missing \(/);
});

test('without ids: the messages of a session, or else those of all malicious ones', async (t) => {
  const { mia, order, traced } = await recent(t);
  const nothing = await mia(['trace', '--fetch']);
  assert.match(nothing.stderr, /There is no message to look up/);
  assert.equal(nothing.code, 0);
  const wanted = traced[0] as (typeof order.messages)[number] & {
    readonly sessions: readonly { readonly key: string }[];
  };
  const key = wanted.sessions[0]?.key ?? '';
  const bySession = JSON.parse(
    (await mia(['trace', '--fetch', '--session', key, '--json'])).stdout,
  );
  const ids = (await mia(['messages', '--session', key, '--ids'])).stdout.trim().split('\n');
  const idsOf = (document: { messages: readonly { internetMessageId: string }[] }) =>
    document.messages.map(({ internetMessageId }) => internetMessageId);
  assert.deepEqual(idsOf(bySession), ids);
  await mia(['mark', key, '--malicious', '--because', 'test']);
  const malicious = await mia(['trace', '--fetch', '--json']);
  assert.deepEqual(idsOf(JSON.parse(malicious.stdout)), ids);
  assert.equal(JSON.parse(malicious.stdout).lookup.requests, 0);
  assert.equal(malicious.code, 0, malicious.stderr);
});

test('what ends it early is said, with what to do, and the same command goes on', async (t) => {
  const { mia, traced, tenant } = await recent(t);
  const id = traced[0]?.internetMessageId ?? '';
  const control = new AbortController();
  control.abort();
  const cancelled = await mia(['trace', '--fetch', id], { signal: control.signal });
  assert.equal(cancelled.code, 130);
  assert.match(cancelled.stderr, /Cancelled\.\nWhat came is kept/);
  assert.match(cancelled.stdout, new RegExp(`not looked up`));
  tenant.faults.inject('redirect', { only: /messageTraces/ });
  const failed = await mia(['trace', '--fetch', id]);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /mia: The tenant sent us to another place/);
  const on = await mia(['trace', '--fetch', id]);
  assert.equal(on.code, 0, on.stderr);
});

test('a tenant that is not set up for message trace: how that is done', async (t) => {
  const { mia, traced } = await recent(t, { trace: { principal: 'missing-401' } });
  const { code, stderr } = await mia(['trace', '--fetch', traced[0]?.internetMessageId ?? '']);
  assert.equal(code, 1);
  assert.match(stderr, /New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373/);
});

test('flags that go with --fetch alone, or not together, are wrong usage', async () => {
  for (const flags of [
    ['--again', 'x@y'],
    ['--thorough', 'x@y'],
    ['--session', 'k'],
    ['--fetch', '--session', 'k', 'x@y'],
  ])
    assert.equal((await runMia(['trace', ...flags])).code, 2, flags.join(' '));
});

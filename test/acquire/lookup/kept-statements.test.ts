import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pastLookupLines } from '../../../source/domain/lookups/lookup-words.ts';
import { type PastLookup, UNSAID_OF_LOOK_UP } from '../../../source/domain/lookups/past-lookup.ts';
import { jsonExport } from '../../../source/exports/documents/exposure.ts';
import { exposureSchema } from '../../../source/exports/documents/exposure.ts';
import type { Case } from '../../../source/case/case.ts';
import { exportedCase } from '../../../source/case/export/export-case.ts';
import type { LookupStatement } from '../../../source/domain/lookups/lookup-progress.ts';
import { lookupMessages } from '../../../source/acquire/lookup/lookup.ts';
import { sampleCase } from '../../exports/sample-case.ts';
import { assertValid } from '../../exports/validator.ts';
import {
  type ListedOrder,
  lookedUpBy,
  simulatedLookup,
  type SimulatedLookup,
} from './simulated-lookup.ts';

const TRACES = /messageTraces/;
const SMALL = { seed: 5, rows: 40, mailboxes: 2, mailCount: 60 };

test('what can be said of a lookup is in the case, how ever it ended; of one that asked nothing, not', async (t) => {
  const { order, theCase, tenant } = await simulatedLookup(t, SMALL);
  const control = new AbortController();
  for await (const event of lookupMessages({ ...order, signal: control.signal }))
    if (event.event === 'progress' && event.progress.pages > 0) control.abort();
  const statements: LookupStatement[] = [];
  for (let run = 0; run < 2; run += 1)
    for await (const event of lookupMessages({ ...order, analyst: null }))
      if (event.event === 'finished') statements.push(event.statement);
  const [whole] = statements;
  assert.ok(whole !== undefined && whole.requests > 0);
  assert.equal(statements[1]?.requests, 0);
  const kept = theCase().lookups();
  assert.deepEqual(
    kept.map(({ outcome }) => outcome),
    ['cancelled', 'finished'],
  );
  const [cut, ended] = kept;
  assert.deepEqual(ended?.statement, whole);
  assert.deepEqual([cut?.analyst, cut?.thorough, cut?.mailboxes], ['tester', true, false]);
  assert.equal(cut?.tenantId, tenant.tenantId);
  const sum = (one: LookupStatement): number =>
    one.found + one.notFound + one.olderThanTrace + one.failed + one.open;
  for (const { statement } of kept) assert.equal(sum(statement), statement.asked);
  assert.ok(cut !== undefined && cut.statement.open > 0);
  assert.match(pastLookupLines(cut).join('\n'), /cancelled before its end\n.*each left-over/);
});

test('a lookup that nobody could answer is in the case as failed, with what to do', async (t) => {
  const { order, theCase, tenant } = await simulatedLookup(t, SMALL);
  tenant.faults.inject('redirect', { only: /messageTraces/ });
  let failed = false;
  for await (const event of lookupMessages(order)) failed ||= event.event === 'failed';
  assert.equal(failed, true);
  const [kept] = theCase().lookups();
  assert.equal(kept?.outcome, 'failed');
  assert.equal(kept?.statement.refused[0]?.service, 'messageTrace');
  assert.notEqual(kept?.statement.refused[0]?.hint, '');
});

/** Messages of one mailbox, some with a trace and some without. */
const someOf = ({ order, truth }: SimulatedLookup): ListedOrder => {
  const owner = order.messages[0]?.mailbox?.owner;
  const ends = truth();
  const ofOne = order.messages.filter(({ mailbox }) => mailbox?.owner === owner);
  const endsAs = (kind: string) =>
    ofOne.filter((one) => {
      const end = ends[`${owner} ${one.internetMessageId}`];
      return (typeof end === 'object' ? 'found' : end) === kind;
    });
  return { ...order, messages: [...endsAs('found'), ...endsAs('notFound').slice(0, 2)] };
};

const exported = (theCase: Case) => {
  const stamp = { generatedAt: '2026-11-24T09:00:00Z', toolVersion: '0' };
  const [part] = jsonExport.parts;
  return JSON.parse([...part.text(exportedCase(theCase, stamp))].join(''));
};

/** The only one. */
const keptOf = ({ theCase }: SimulatedLookup): PastLookup => {
  const [kept, ...others] = theCase().lookups();
  assert.ok(kept !== undefined && others.length === 0);
  return kept;
};

test('what a lookup came to is kept in the case, and stands in every export', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { tenant, theCase } = simulated;
  const order = someOf(simulated);
  assert.deepEqual(theCase().lookups(), []);
  const { statement } = await lookedUpBy(order);
  const kept = keptOf(simulated);
  const asked = tenant.log.matching(TRACES);
  assert.deepEqual(
    {
      outcome: kept.outcome,
      requests: kept.statement.requests,
      answers: kept.answers,
      retries: kept.retries,
      endpoints: kept.endpoints,
      tenant: kept.tenantId,
      holes: kept.holes,
    },
    {
      outcome: 'finished',
      requests: asked.length,
      answers: asked.length,
      retries: 0,
      endpoints: ['/v1.0/admin/exchange/tracing/messageTraces'],
      tenant: tenant.tenantId,
      holes: [],
    },
  );
  assert.deepEqual(kept.statement, statement);
  assert.equal(statement.found + statement.notFound, order.messages.length);
  const fetched = theCase()
    .sources()
    .filter(({ kind }) => kind === 'trace');
  assert.deepEqual([...kept.sources].toSorted(), fetched.map(({ id }) => id).toSorted());
  // Received and sent, each from one end to the other.
  assert.deepEqual(
    kept.stretches.map(({ direction }) => direction),
    ['received', 'sent'],
  );
  const rows = kept.stretches.reduce((sum, one) => sum + one.rows, 0);
  const owner = order.messages[0]?.mailbox?.owner ?? '';
  const start = Date.parse(kept.stretches[0]?.from ?? '');
  const served = tenant.services.trace.rows.filter(({ at }) => at * 1000 >= start);
  assert.equal(
    rows,
    served.filter(({ recipientAddress }) => recipientAddress === owner).length +
      served.filter(({ senderAddress }) => senderAddress === owner).length,
  );
  const document = exported(theCase());
  assertValid(exposureSchema, document);
  assert.equal(document.lookUps[0].id, kept.id);

  await t.test('nothing asked is no lookup', async () => {
    await lookedUpBy(order);
    assert.deepEqual(keptOf(simulated), kept);
  });

  await t.test('a case from before there were any opens and is exported', () => {
    const path = join(order.folder, 'case.json');
    const { lookUps: _, ...older } = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify(older));
    assert.deepEqual(theCase().lookups(), []);
    assertValid(exposureSchema, exported(theCase()));
  });
});

test('a hole is one until it was had; retries are counted', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { tenant } = simulated;
  const order = { ...someOf(simulated), thorough: false };
  const broken = /recipientAddress.*ge%202026-07-14/;
  tenant.faults.inject('server-error-500', { only: broken, times: 1000 });
  const { statement } = await lookedUpBy(order);
  const kept = keptOf(simulated);
  assert.equal(statement.requests, tenant.log.matching(TRACES).length);
  assert.ok(kept.retries > 0 && statement.failed > 0);
  const [hole] = kept.holes;
  assert.deepEqual(
    [kept.holes.length, hole?.direction, hole?.from, hole?.filled],
    [1, 'received', '2026-07-14T06:00:00Z', false],
  );
  assert.match(hole?.why ?? '', /500/);
  assert.equal(statement.traffic, null, 'of this address not all was read');
  assert.equal(kept.stretches.length, 3);
  assert.match(
    pastLookupLines(kept).join('\n'),
    /^ {4}Not had: what \S+ received from 2026-07-14/m,
  );
});

test('one of an earlier mia, that says less, opens and is exported', async (t) => {
  const { order, theCase } = await simulatedLookup(t, SMALL);
  const path = join(order.folder, 'case.json');
  const [sample] = sampleCase().lookups;
  assert.ok(sample !== undefined);
  const { id: _, endpoints, stretches, holes, answers, retries, sources, ...older } = sample;
  assert.ok([endpoints, stretches, holes, answers, retries, sources].every(Boolean));
  const file = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...file, lookUps: [older] }));
  assert.deepEqual(theCase().lookups(), [{ ...UNSAID_OF_LOOK_UP, ...older }]);
  assertValid(exposureSchema, exported(theCase()));
});

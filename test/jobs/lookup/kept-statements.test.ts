import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pastLookUpLines } from '../../../source/domain/look-up-words.ts';
import type { LookUpStatement } from '../../../source/jobs/lookup/look-up-events.ts';
import { lookUpMessages } from '../../../source/jobs/lookup/look-up.ts';
import { simulatedLookUp } from './simulated-look-up.ts';

const SMALL = { seed: 5, rows: 40, mailboxes: 2, mailCount: 60 };

test('what can be said of a look-up is in the case, how ever it ended; of one that asked nothing, not', async (t) => {
  const { order, desk, tenant } = await simulatedLookUp(t, SMALL);
  const control = new AbortController();
  for await (const event of lookUpMessages({ ...order, signal: control.signal }))
    if (event.event === 'progress' && event.progress.pages > 0) control.abort();
  const statements: LookUpStatement[] = [];
  for (let run = 0; run < 2; run += 1)
    for await (const event of lookUpMessages({ ...order, analyst: null }))
      if (event.event === 'finished') statements.push(event.statement);
  const [whole] = statements;
  assert.ok(whole !== undefined && whole.requests > 0);
  assert.equal(statements[1]?.requests, 0);
  const kept = desk().lookUps();
  assert.deepEqual(
    kept.map(({ outcome }) => outcome),
    ['cancelled', 'finished'],
  );
  const [cut, ended] = kept;
  assert.deepEqual(ended?.statement, whole);
  assert.deepEqual([cut?.analyst, cut?.thorough, cut?.mailboxes], ['tester', true, false]);
  assert.equal(cut?.tenantId, tenant.tenantId);
  const sum = (one: LookUpStatement): number =>
    one.found + one.notFound + one.olderThanTrace + one.failed + one.open;
  for (const { statement } of kept) assert.equal(sum(statement), statement.asked);
  assert.ok(cut !== undefined && cut.statement.open > 0);
  assert.match(pastLookUpLines(cut).join('\n'), /cancelled before its end\n.*each left-over/);
});

test('a look-up that nobody could answer is in the case as failed, with what to do', async (t) => {
  const { order, desk, tenant } = await simulatedLookUp(t, SMALL);
  tenant.faults.inject('redirect', { only: /messageTraces/ });
  let failed = false;
  for await (const event of lookUpMessages(order)) failed ||= event.event === 'failed';
  assert.equal(failed, true);
  const [kept] = desk().lookUps();
  assert.equal(kept?.outcome, 'failed');
  assert.equal(kept?.statement.refused[0]?.service, 'messageTrace');
  assert.notEqual(kept?.statement.refused[0]?.hint, '');
});

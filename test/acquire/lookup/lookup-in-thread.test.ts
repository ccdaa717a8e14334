import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { LookupEvent } from '../../../source/acquire/lookup/lookup-order.ts';
import { lookupInThread } from '../../../source/acquire/lookup/lookup-in-thread.ts';
import { CLIENT_SECRET } from '../../simulator/tenant-options.ts';
import { simulatedLookup } from './simulated-lookup.ts';

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();

/** A thread has the machine's clock, so the case must be of these days. */
const recent = (t: TestContext) =>
  simulatedLookup(t, {
    ...{ seed: 7, rows: 40, mailboxes: 2, mailCount: 60 },
    ...{ from: iso(Date.now() - 61 * DAY).slice(0, 10), now: iso(Date.now()) },
  });

test('what is wanted may change; it signs in once, waits idle, and ends when told', async (t) => {
  const { tenant, order, truth, said } = await recent(t);
  const questions: string[] = [];
  const { messages, clock: _, ...rest } = order;
  const thread = lookupInThread({
    ...rest,
    thorough: false,
    variables: { ...order.variables, MIA_CLIENT_SECRET: undefined },
    askHidden: (question) => {
      questions.push(question);
      return Promise.resolve(CLIENT_SECRET);
    },
  });
  const ends = truth();
  const traced = messages.filter(
    ({ mailbox, internetMessageId }) =>
      typeof ends[`${mailbox?.owner} ${internetMessageId}`] === 'object',
  );
  const first = traced.slice(0, 1);
  assert.ok(traced.length > 1);
  thread.want(first);
  const events: LookupEvent[] = [];
  let idle = 0;
  for await (const event of thread.events) {
    events.push(event);
    if (event.event !== 'progress' || event.progress.step !== 'idle') continue;
    idle += 1;
    if (idle === 1) {
      assert.deepEqual(said({ ...order, messages: first }), truth({ ...order, messages: first }));
      thread.want(traced);
    } else thread.end();
  }
  const end = events.at(-1);
  assert.ok(end?.event === 'finished', JSON.stringify(end));
  assert.equal(end.statement.found, traced.length);
  assert.equal(questions.length, 1);
  assert.equal(tenant.log.matching(/POST .*\/token/).length, 1);
  assert.ok(events.some(({ event }) => event === 'arrived'));
});

test('cancelled while idle, it ends as cancelled; without the service principal, as failed', async (t) => {
  const { order, tenant } = await recent(t);
  const { messages, clock: _, ...rest } = order;
  const control = new AbortController();
  const idle = lookupInThread({ ...rest, signal: control.signal });
  let last: LookupEvent | undefined;
  for await (const event of idle.events) {
    last = event;
    if (event.event === 'progress' && event.progress.step === 'idle') control.abort();
  }
  assert.equal(last?.event, 'cancelled');
  tenant.faults.inject('redirect', { only: /messageTraces/ });
  const failing = lookupInThread(rest);
  failing.want(messages.slice(0, 1));
  for await (const event of failing.events) last = event;
  assert.equal(last?.event, 'failed');
});

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { MessageKey } from '../../../source/domain/lookups/wanted-message.ts';
import type { LookupEvent } from '../../../source/acquire/lookup/lookup-order.ts';
import type { LookupProgress } from '../../../source/domain/lookups/lookup-progress.ts';
import { lookupMessages, lookupRequests } from '../../../source/acquire/lookup/lookup.ts';
import { type Clock, unlessAborted } from '../../../source/tenant/http/clock.ts';
import type { FaultName } from '../../simulator/fault-list.ts';
import type { Tenant } from '../../simulator/start-tenant.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { type SimulatedLookup, simulatedLookup } from './simulated-lookup.ts';

const SMALL = { seed: 7, rows: 60, mailboxes: 3 } as const satisfies TenantOptions;

/** Whoever sleeps does so until it is let go. */
const heldClock = (clock: Clock) => {
  const held: (() => void)[] = [];
  return {
    letGo: (): void => held.splice(0).forEach((wake) => wake()),
    clock: {
      ...clock,
      async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
        await unlessAborted(new Promise<void>((resolve) => held.push(resolve)), signal);
        await clock.sleep(milliseconds, signal);
      },
    },
  };
};

interface Overtaken {
  /** What was told while it waited: for the first ones, and then for the others. */
  readonly waits: readonly LookupProgress[];
  /** What the tenant was asked once the pause was over, in order. */
  readonly asked: readonly string[];
  readonly events: readonly LookupEvent[];
}

/** `first` is wanted, and while that waits for the tenant, `second` instead; then `first` again. */
const overtaken = async (
  { order: given, tenant }: SimulatedLookup,
  first: readonly MessageKey[],
  second: readonly MessageKey[],
  mailbox = false,
): Promise<Overtaken> => {
  const { clock, letGo } = heldClock(given.clock ?? assert.fail("it has the tenant's clock"));
  const order = { ...given, clock, mailbox, messages: [] };
  const requests = lookupRequests();
  const running = requests.follow(order);
  const waits: LookupProgress[] = [];
  const events: LookupEvent[] = [];
  let idle = 0;
  let sentBefore = 0;
  requests.want(first);
  for await (const event of running) {
    events.push(event);
    if (event.event !== 'progress') continue;
    const { progress } = event;
    if (progress.wait !== null) {
      waits.push(progress);
      if (waits.length === 1) {
        sentBefore = tenant.log.entries.length;
        requests.want(second);
      } else letGo();
    }
    if (progress.step !== 'idle') continue;
    idle += 1;
    if (idle === 1) requests.want(first);
    else requests.end();
  }
  const asked = tenant.log.entries.slice(sentBefore).map(({ method, url, body }) => {
    const whole = `${method} ${decodeURIComponent(url)} ${body}`;
    return whole.toLowerCase();
  });
  return { waits, asked, events };
};

/** The messages of a mailbox, by its place in the list of all that are wanted. */
const byMailbox = ({ order }: SimulatedLookup): readonly (readonly MessageKey[])[] => {
  const owners = [...new Set(order.messages.map(({ mailbox }) => mailbox?.owner ?? ''))];
  return owners.map((owner) => order.messages.filter(({ mailbox }) => mailbox?.owner === owner));
};

const pausedBy = async (
  t: TestContext,
  fault: FaultName,
  only: RegExp,
  options: TenantOptions = {},
): Promise<SimulatedLookup> => {
  const simulated = await simulatedLookup(t, { ...SMALL, ...options });
  simulated.tenant.faults.inject(fault, { only, retryAfter: 120 });
  return simulated;
};

const manifestsOf = (folder: string): readonly Record<string, unknown>[] => {
  const evidence = join(folder, 'evidence');
  return readdirSync(evidence)
    .filter((name) => name.startsWith('lookup-'))
    .flatMap((name) => readFileSync(join(evidence, name, 'manifest.jsonl'), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

/** Nothing is missing from what was asked, and no answer was asked for twice. */
const checkManifest = (folder: string, { log }: Tenant): void => {
  const requests = manifestsOf(folder).filter(({ entry }) => entry === 'request');
  const sent = log.matching(/messageTraces|\$batch/).filter(({ inner }) => !inner);
  assert.equal(requests.length, sent.length);
  const answered = requests.filter(({ status }) => status === 200).map(({ file }) => file);
  assert.equal(new Set(answered).size, answered.length);
};

test('mail of another mailbox is wanted during a pause: the wait is told for it, and it comes first', async (t) => {
  const simulated = await pausedBy(t, 'throttled-429', /messageTraces/);
  const { order, truth, said, tenant } = simulated;
  const [first = [], second = []] = byMailbox(simulated);
  const { waits, asked } = await overtaken(simulated, first, second);
  const [before, now] = waits;
  assert.deepEqual(before?.messages, { done: 0, all: first.length });
  assert.deepEqual(now?.messages, { done: 0, all: second.length });
  assert.notEqual(first.length, second.length);
  assert.equal(now?.wait?.why, 'throttled');
  assert.equal(now?.wait?.until, before?.wait?.until, 'the pause is not shortened');
  const owner = second[0]?.mailbox?.owner ?? '';
  assert.match(asked[0] ?? '', new RegExp(`address eq '${owner}'`));
  const wanted = { ...order, messages: [...first, ...second] };
  assert.deepEqual(said(wanted), truth(wanted));
  checkManifest(order.folder, tenant);
});

test('the same for messages that are asked for one by one', async (t) => {
  const simulated = await pausedBy(t, 'throttled-429', /messageTraces/);
  const key = (id: string): MessageKey => ({
    mailbox: null,
    internetMessageId: id,
    itemId: null,
  });
  const { asked, events } = await overtaken(
    simulated,
    [key('first@nobody.example'), key('also@nobody.example')],
    [key('second@nobody.example')],
  );
  assert.match(asked[0] ?? '', /second@nobody/);
  const firsts = asked.filter((one) => one.includes('first@nobody'));
  assert.ok(firsts.length > 1, 'its turn comes when it is wanted again');
  assert.equal(events.at(-1)?.event, 'finished');
  checkManifest(simulated.order.folder, simulated.tenant);
});

test('the same in the mailboxes, for a batch of which a part was put off', async (t) => {
  const simulated = await pausedBy(t, 'batch-inner-429', /./, {
    trace: { principal: 'missing-401' },
  });
  const { order, tenant } = simulated;
  const [first = [], second = []] = byMailbox(simulated);
  const { waits, asked, events } = await overtaken(simulated, first, second, true);
  assert.equal(waits[0]?.wait?.why, 'throttled');
  const owner = second[0]?.mailbox?.owner ?? '';
  const batch = asked.find((one) => one.includes('$batch')) ?? '';
  assert.ok(batch.includes(encodeURIComponent(owner)), batch.slice(0, 200));
  assert.equal(events.at(-1)?.event, 'finished');
  checkManifest(order.folder, tenant);
});

test('where the tenant refuses one request, what waits beside it is given up with it', async (t) => {
  const simulated = await simulatedLookup(t, SMALL);
  const { order: given, tenant } = simulated;
  const { clock, letGo } = heldClock(given.clock ?? assert.fail("it has the tenant's clock"));
  const [messages = []] = byMailbox(simulated);
  // The second window and the third are asked for at once.
  tenant.faults.inject('throttled-429', { only: /ge%202026-09-02/, retryAfter: 120 });
  tenant.faults.inject('redirect', { only: /ge%202026-09-12/ });
  const ends: string[] = [];
  for await (const { event } of lookupMessages({ ...given, clock, messages })) ends.push(event);
  assert.equal(ends.at(-1), 'failed');
  const asked = (): number => tenant.log.matching(/messageTraces/).length;
  const before = asked();
  letGo();
  // Whatever would be sent now is there before the answer to what is sent after it.
  for (let turn = 0; turn < 3; turn += 1) await fetch(`${tenant.cloud.graph}/v1.0/me`);
  assert.equal(asked(), before, 'nobody asks for it any more');
  checkManifest(given.folder, tenant);
});

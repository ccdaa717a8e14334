import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LookedUpMessage } from '../../source/domain/lookups/lookup.ts';
import type { PastLookup } from '../../source/domain/lookups/past-lookup.ts';
import type { Trace } from '../../source/domain/lookups/trace.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { LOOKUPS_START, readLookups } from '../../source/store/lookup-log.ts';
import { lookupMessages } from '../../source/acquire/lookup/lookup.ts';
import { digestOf } from '../import/temporary-case.ts';
import {
  type ListedOrder,
  onACopy,
  simulatedLookup,
  type SimulatedLookup,
} from '../acquire/lookup/simulated-lookup.ts';
import { flawsIn, rebuilt } from '../case/on-case.ts';
import { FAULT_NAMES, type FaultName } from '../simulator/fault-list.ts';
import { killedAt } from './killed-child.ts';

const CHILD = join(import.meta.dirname, 'lookup-messages.ts');
const TRACES = /messageTraces/;
const DAY = 86_400_000;

/** Of another service, or of the sign-in; all others can strike a request for traces. */
const OTHERS =
  /^(audit|activity|mail|batch|sign-in|password|consent|conditional|token-503|transient)/;
const STRIKING = FAULT_NAMES.filter((name) => !OTHERS.test(name));

/** After these a client cannot know that rows are missing: by asking again they are there. */
const UNSEEN: readonly FaultName[] = [
  'trace-late-rows',
  'trace-start-too-old',
  'trace-link-missing',
];

/** More than all retries of all requests. */
const LASTING = 10_000;

interface Mixture {
  readonly faults: readonly {
    readonly name: FaultName;
    /** What stands in the requests that it strikes. */
    readonly at: string;
    readonly times: number;
    readonly skip: number;
  }[];
  /** After which of its events each run is killed. */
  readonly kills: readonly number[];
}

const anyMixture: fc.Arbitrary<Mixture> = fc.record({
  faults: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom(...STRIKING),
      // Any of them, a half of the traffic, single messages, or some windows of these.
      at: fc.constantFrom(
        ...['messageTraces', 'recipientAddress', 'senderAddress', 'messageId'],
        ...['recipientAddress.*ge%202026-09-1', 'senderAddress.*ge%202026-08-2'],
        'messageId.*ge%202026-07',
      ),
      // Few: it passes. Lasting: what it strikes stays broken until somebody mends it.
      times: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) },
        fc.constant(LASTING),
      ),
      skip: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 6, selector: ({ name }) => name },
  ),
  kills: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
});

const KNOWN: readonly Mixture[] = [
  // Found by this test: a window is refused for good while the one beside it waits, and that was sent
  // all the same when nobody was there any more.
  {
    faults: [
      { name: 'throttled-429', at: 'messageId.*ge%202026-07', times: 2, skip: 6 },
      { name: 'forbidden-for-now', at: 'recipientAddress', times: 2, skip: 7 },
      { name: 'answer-cut', at: 'senderAddress', times: 2, skip: 8 },
      { name: 'redirect', at: 'recipientAddress.*ge%202026-09-1', times: 3, skip: 0 },
    ],
    kills: [42],
  },
  // What is found by itself alone cannot be asked for: it has failed, and is not missing.
  {
    faults: [{ name: 'server-error-500', at: 'messageId', times: LASTING, skip: 2 }],
    kills: [30],
  },
  // A start too far back, pages without end and next pages that are refused, each in other windows.
  {
    faults: [
      { name: 'trace-start-too-old', at: 'recipientAddress', times: 2, skip: 9 },
      { name: 'trace-endless', at: 'recipientAddress.*ge%202026-07', times: LASTING, skip: 1 },
      { name: 'trace-next-elsewhere', at: 'senderAddress', times: LASTING, skip: 0 },
      { name: 'trace-next-refused', at: 'messageId', times: LASTING, skip: 0 },
    ],
    kills: [25, 40],
  },
  // A sign-in that counts no more, after some pages.
  {
    faults: [{ name: 'token-rejected', at: 'recipientAddress', times: LASTING, skip: 9 }],
    kills: [20],
  },
];

type Ends = ReturnType<SimulatedLookup['said']>;

/** What came is as the truth is, but for recipients whose rows were left out, and what only these say. */
const isPartOf = (said: Trace, truth: Trace): boolean => {
  const { recipients, status, size, receivedAt } = truth;
  const completed: Trace = { ...said, recipients, status, size, receivedAt };
  const isMissing = said.recipients.length < recipients.length;
  return (
    isMissing &&
    said.recipients.every((one) => recipients.includes(one)) &&
    JSON.stringify(completed) === JSON.stringify(truth)
  );
};

/** Why what is said of a message is not accounted for; null: it is. */
const unaccounted = (
  said: Ends[string],
  truth: Ends[string],
  { isLate, last }: { readonly isLate: boolean; readonly last: PastLookup | undefined },
): string | null => {
  if (JSON.stringify(said) === JSON.stringify(truth)) return null;
  const isTraced = typeof truth === 'object' && truth !== null;
  if (typeof said === 'object' && said !== null)
    return isTraced && isLate && isPartOf(said, truth) ? null : 'is not what the tenant has';
  switch (said) {
    case 'lookupFailed':
      return (last?.statement.failed ?? 0) > 0 ? null : 'failed, and no statement says so';
    case 'notFound':
    case 'draftOrNeverSent':
      return isTraced && isLate ? null : 'is there, and was said not to be';
    case 'notLookedUp':
      return (last?.statement.refused.length ?? 0) > 0 ? null : 'was left out without a word';
    default:
      return `ends as ${said}`;
  }
};

/** Ids that the trace has, not in the traffic that is read and in no record: found by themselves alone. */
const idsElsewhere = ({ tenant, order }: SimulatedLookup, read: string): readonly string[] => {
  const { rows } = tenant.services.trace;
  const others = new Set([
    ...order.messages.map(({ internetMessageId: id }) => `<${id}>`),
    ...rows
      .filter((row) => row.senderAddress === read || row.recipientAddress === read)
      .map(({ messageId }) => messageId),
  ]);
  const recent = rows.filter(({ at }) => at * 1000 > tenant.clock.now() - 80 * DAY);
  const ids = [...new Set(recent.map(({ messageId }) => messageId))]
    .filter((id) => !others.has(id))
    .slice(0, 2)
    .map((id) => id.slice(1, -1));
  assert.equal(ids.length, 2);
  return ids;
};

/** What was said to be broken, as a filter has it: all of that may be asked for anew. */
const brokenFilters = (folder: string, lookups: readonly PastLookup[]): readonly string[] => {
  const halves = { received: 'recipientAddress', sent: 'senderAddress' };
  const failed: LookedUpMessage[] = [];
  readLookups(openCaseFolder(folder, { create: false }), LOOKUPS_START, {
    restart: () => undefined,
    take(one) {
      if ('end' in one && one.end === 'failed' && one.how === 'single') failed.push(one);
    },
  });
  return [
    ...lookups
      .flatMap(({ holes }) => holes)
      .map(
        ({ address, direction, from, to }) =>
          `${halves[direction]} eq '${address}' and receivedDateTime ge ${from} and receivedDateTime le ${to}`,
      ),
    ...failed.map(({ messageId }) => `messageId eq '<${messageId}>'`),
  ];
};

test('any mixture of faults, killed anywhere and begun again: the truth, or a reason for each that is missing', async (t) => {
  const simulated = await simulatedLookup(t, {
    ...{ seed: 7, rows: 40, mailboxes: 2, mailCount: 60 },
    trace: { page: 2 },
    auth: { expiresIn: 10_000_000 },
  });
  const { tenant, theCase } = simulated;
  const owner = simulated.order.messages[0]?.mailbox?.owner ?? '';
  const elsewhere = idsElsewhere(simulated, owner);
  const messages = [
    ...simulated.order.messages.filter(({ mailbox }) => mailbox?.owner === owner).slice(0, 6),
    ...elsewhere.map((id) => ({ mailbox: null, internetMessageId: id, itemId: null })),
  ];
  const whole: ListedOrder = { ...simulated.order, messages };
  const ends: Ends = {
    ...simulated.truth(whole),
    ...Object.fromEntries(elsewhere.map((id) => [id, simulated.traceOf(id)])),
  };
  assert.ok(new Set(Object.values(ends).map((end) => typeof end)).size === 2);
  const said = (order: ListedOrder): Ends => {
    const traces = theCase(order.folder).traces(elsewhere);
    const ofThem = [...traces].map((one) => [one.internetMessageId, one.trace ?? one.unresolved]);
    return { ...simulated.said(order), ...Object.fromEntries(ofThem) };
  };
  const wanted = join(whole.folder, '..', 'wanted.json');
  writeFileSync(wanted, JSON.stringify({ messages, again: false }));

  /** The child's clock is ours while it runs. */
  const killed = async (folder: string, event: number): Promise<boolean> => {
    const hear = (line: string): void => {
      const [, now] = /^now (\d+)$/.exec(line) ?? [];
      if (now !== undefined) tenant.clock.advance(Math.max(0, Number(now) - tenant.clock.now()));
    };
    const words = [CHILD, folder, wanted, String(tenant.clock.now())];
    return (await killedAt(words, whole.variables, `event ${event}`, hear)) === `event ${event}`;
  };
  const lookedUp = async (order: ListedOrder): Promise<string> => {
    let last = '';
    for await (const { event } of lookupMessages(order)) last = event;
    return last;
  };

  /** What the case says of each, and that its last statement says the same. */
  const checkEnds = (order: ListedOrder, isLate: boolean): void => {
    const last = theCase(order.folder).lookups().at(-1);
    const saying = said(order);
    for (const [name, end] of Object.entries(ends))
      assert.equal(unaccounted(saying[name] ?? null, end, { isLate, last }), null, name);
    const values = Object.values(saying);
    assert.deepEqual(
      [last?.statement.found, last?.statement.failed],
      [
        values.filter((end) => typeof end === 'object').length,
        values.filter((end) => end === 'lookupFailed').length,
      ],
    );
  };

  /** Whole answers to the same question: of what was on its way at each kill, two at the most. */
  const checkAnswers = (order: ListedOrder, kills: number): void => {
    const broken = brokenFilters(order.folder, theCase(order.folder).lookups());
    const answers = new Map<string, number>();
    for (const { url, status } of tenant.log.matching(TRACES))
      if (status === 200 && !broken.some((filter) => decodeURIComponent(url).includes(filter)))
        answers.set(url, (answers.get(url) ?? 0) + 1);
    const repeated = [...answers].filter(([, count]) => count > 1);
    assert.ok(repeated.length <= 2 * kills, `${kills} kills: ${JSON.stringify(repeated)}`);
  };

  const check = async ({ faults, kills }: Mixture): Promise<void> => {
    const order = onACopy(t, whole);
    tenant.faults.clear();
    tenant.log.clear();
    const unseen = (): number => UNSEEN.reduce((sum, name) => sum + tenant.faults.struck(name), 0);
    const late = unseen();
    for (const { name, at, ...options } of faults)
      tenant.faults.inject(name, { only: new RegExp(at), ...options });
    let killings = 0;
    for (const event of kills) if (await killed(order.folder, event)) killings += 1;
    // A person would try again what ended with a word about it.
    for (let run = 0; run < 3; run += 1) if ((await lookedUp(order)) === 'finished') break;
    const isLate = unseen() > late;
    checkEnds(order, isLate);

    // Nothing stays broken: the same command gets what failed, and asks for nothing that it has.
    tenant.faults.clear();
    assert.equal(await lookedUp(order), 'finished');
    checkEnds(order, isLate);
    assert.equal(Object.values(said(order)).includes('lookupFailed'), false);
    checkAnswers(order, killings);

    // All that is late has come.
    tenant.clock.advance(300_000);
    assert.equal(await lookedUp({ ...order, again: true }), 'finished');
    assert.deepEqual(said(order), ends);
    assert.deepEqual(await flawsIn(theCase(order.folder)), []);
    const digest = digestOf(order.folder);
    assert.equal(await rebuilt(order.folder), 'finished');
    assert.equal(digestOf(order.folder), digest, 'evidence alone gives the same case');
  };
  await fc.assert(fc.asyncProperty(anyMixture, check), {
    ...{ seed: 1, numRuns: 8, endOnFailure: true },
    examples: KNOWN.map((mixture) => [mixture]),
  });
});

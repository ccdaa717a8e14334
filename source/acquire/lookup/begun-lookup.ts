import type { Lookup } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { importLock } from '../../import/run-import.ts';
import { analystOf } from '../../store/analyst.ts';
import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { appendLookups } from '../../store/lookup-log.ts';
import { LookupStatus } from '../../store/queries/lookup-status.ts';
import { applyLookups } from '../../store/records/apply-lookups.ts';
import { openRecords } from '../../store/records/open-records.ts';
import { type TaskFolder, taskFolders } from '../../store/task-folder.ts';
import { isOffered } from '../../tenant/abilities.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import { TraceReach } from '../../tenant/message-trace/trace-reach.ts';
import type { TaskContext } from '../task/run-task.ts';
import { newTaskFolder } from '../task/task-store.ts';
import type { LookupEvent, LookupOrder } from './lookup-order.ts';
import { LookupScheduler } from './lookup-scheduler.ts';
import { LookupStore, type LookupState, readLookupState } from './lookup-state.ts';
import { type StatedLookup, StatementStore } from './lookup-statement.ts';
import type { LookupStrategy } from './lookup-strategy.ts';
import { LookupReporter, type LookupWork } from './lookup-work.ts';
import { mailboxStrategy } from './mailbox-strategy.ts';
import { TraceSingles } from './trace-singles.ts';
import { TraceTraffic } from './trace-traffic.ts';

const FIVE_MINUTES = 300_000;

/** Lines made and written at once: a mailbox may have a hundred thousand messages. */
const LINES_AT_ONCE = 5000;

export type LookupContext = TaskContext<LookupEvent>;

export interface BegunLookup extends StatedLookup, Disposable {
  readonly statement: StatementStore;
  /** What was left open stays so: the next lookup goes on with it. */
  readonly end: () => void;
}

/** Asked in a cloud without it, the service would answer with a riddle. */
const offered = (client: TenantClient, strategy: LookupStrategy): LookupStrategy => {
  if (isOffered(client.cloud, 'messageTrace')) return strategy;
  return {
    ...{ service: strategy.service, wants: strategy.wants, isSpent: false },
    step: () =>
      Promise.reject(
        new Problem(
          `Microsoft does not offer message trace in the cloud "${client.cloud.name}".`,
          'Import exported traces instead (mia import).',
        ),
      ),
  };
};

interface KeptLookup {
  readonly kept: TaskFolder;
  readonly state: LookupState;
}

/** All lookups of the case that this version can read. */
const keptLookups = (folder: CaseFolder): readonly KeptLookup[] =>
  taskFolders(folder, 'lookup').flatMap((kept) => {
    const state = readLookupState(kept);
    return state === null ? [] : [{ kept, state }];
  });

/** Where a lookup of this tenant was left, the last one. */
const leftOpen = (all: readonly KeptLookup[], tenantId: string): KeptLookup | null =>
  all
    .filter(({ state }) => state.endedAt === null && state.open.length > 0)
    .filter(({ state }) => state.tenantId.toLowerCase() === tenantId.toLowerCase())
    .sort((one, other) => (one.state.startedAt > other.state.startedAt ? -1 : 1))
    .at(0) ?? null;

/** Requests of lookups that ended just now, or were killed, count for the tenant's limit too. */
const rememberRequests = (client: TenantClient, clock: Clock, all: readonly KeptLookup[]): void => {
  const since = clock.now() - FIVE_MINUTES;
  const recent = all
    .filter(({ state: { endedAt } }) => endedAt === null || Date.parse(endedAt) >= since)
    .flatMap(({ kept }) => kept.manifest())
    .filter(({ url }) => typeof url === 'string' && url.includes('/messageTraces?'))
    .map(({ sentAt }) => Date.parse(String(sentAt)))
    .filter((at) => at > since)
    .sort((one, other) => one - other);
  if (recent.length > 0) client.remember('traces', recent);
};

/** The lookup that was left, or a new one. `latest`: when anything was looked up last, epoch milliseconds. */
const storeFor = (
  { folder, clock }: LookupContext,
  client: TenantClient,
  order: LookupOrder,
  left: KeptLookup | null,
  latest: number,
): LookupStore => {
  // Later than whatever was answered before, in the same second even.
  const fresh = isoTime(Math.max(clock.now(), latest + 1000));
  const againSince = order.again ? fresh : null;
  if (left !== null) {
    // One that asked all again and was killed goes on where it was, and does not begin once more.
    const { state } = left;
    return new LookupStore(left.kept, {
      ...state,
      againSince: order.again ? (state.againSince ?? fresh) : null,
    });
  }
  const made = newTaskFolder(folder, 'lookup');
  const { cloud, tenantId, account, clientId } = client;
  const state: LookupState = {
    ...{ version: 1, id: made.id, cloud: cloud.name, tenantId, account: account.name, clientId },
    ...{ analyst: analystOf(order.analyst, readCaseFile(folder).analyst), againSince },
    ...{ startedAt: isoTime(clock.now()), endedAt: null, questions: 0, open: [] },
  };
  return new LookupStore(made, state, folder);
};

/**
 * Notes how lookups ended: in lookups.jsonl first, which is what counts; in records.db as soon as no
 * import holds it. `lookups` are made as they are written; `noted`: it is on the disk. false: there was
 * none.
 */
const settleLookups = async (
  folder: CaseFolder,
  lookups: Iterable<Lookup>,
  signal: AbortSignal,
  { noted, onWait }: { readonly noted: (one: Lookup) => void; readonly onWait: () => void },
): Promise<boolean> => {
  let some: Lookup[] = [];
  let any = false;
  const append = (): void => {
    appendLookups(folder, some);
    some.forEach(noted);
    some = [];
  };
  for (const lookup of lookups) {
    any = true;
    if (some.push(lookup) === LINES_AT_ONCE) append();
  }
  append();
  if (!any) return false;
  const lock = importLock(folder, signal);
  let next = await lock.next();
  for (; next.done !== true; next = await lock.next()) onWait();
  using _hold = next.value;
  const db = openRecords(folder.records, 'add');
  try {
    applyLookups(folder, db);
  } finally {
    db.close();
  }
  return true;
};

/** Takes up the lookup that was left, or begins one; nothing is asked yet. */
export const beginLookup = (
  context: LookupContext,
  client: TenantClient,
  order: LookupOrder,
): BegunLookup => {
  const { folder, clock, signal, emit } = context;
  const records = new FollowedRecords(folder, (db) => new LookupStatus(db));
  const kept = keptLookups(folder);
  const latest = records.ask((status) => status.latest());
  const store = storeFor(context, client, order, leftOpen(kept, client.tenantId), latest);
  const reporter = new LookupReporter(clock, emit);
  const reach = new TraceReach(clock);
  rememberRequests(client, clock, kept);
  const again = Date.parse(store.state.againSince ?? '') || 0;
  const work: LookupWork = {
    ...{ folder, store, client, clock, signal, emit, reporter, reach },
    analyst: store.state.analyst,
    inCase: (ask) => records.ask(ask),
    overtaken: () => scheduler.overtaken,
    state: () => statement.asks(),
    stamp: () => isoTime(Math.max(reach.now(), again)),
    async settle(lookups) {
      const any = await settleLookups(folder, lookups, signal, {
        noted: (lookup) => scheduler.note(lookup),
        onWait: () => reporter.say('otherImport'),
      });
      if (any) emit({ event: 'arrived' });
    },
  };
  const traffic = new TraceTraffic(work);
  const singles = new TraceSingles(work, {
    thorough: order.thorough,
    hasTraffic: (message) => traffic.isFor(message),
  });
  const scheduler = new LookupScheduler(work, [
    ...[offered(client, traffic), offered(client, singles)],
    ...(order.mailbox ? [mailboxStrategy(work)] : []),
  ]);
  const statement = new StatementStore(order, { work, scheduler, traffic, singles });
  return {
    ...{ work, scheduler, traffic, singles, statement },
    end() {
      const { questions, open } = store.state;
      if (questions > 0 && open.length === 0) store.change({ endedAt: isoTime(clock.now()) });
    },
    [Symbol.dispose]() {
      scheduler[Symbol.dispose]();
      records[Symbol.dispose]();
    },
  };
};

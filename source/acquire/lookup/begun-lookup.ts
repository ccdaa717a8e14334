import { randomBytes } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { TaskFolder, taskFolders } from '../../store/task-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { LookupStatus } from '../../store/queries/lookup-status.ts';
import { isOffered } from '../../tenant/abilities.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../../store/analyst.ts';
import { StatementStore } from './keep-statement.ts';
import { LookupScheduler } from './lookup-scheduler.ts';
import type { LookupEvent } from './lookup-events.ts';
import type { LookupOrder } from './lookup-order.ts';
import { settleLookups } from './lookup-settling.ts';
import { LookupStateStore, type LookupState, readLookupState } from './lookup-state.ts';
import { LookupReporter, type LookupWork } from './lookup-work.ts';
import type { LookupStrategy } from './lookup-strategy.ts';
import { TraceReach } from './trace-reach.ts';
import { TraceSingles } from './trace-singles.ts';
import { TraceTraffic } from './trace-traffic.ts';

const FIVE_MINUTES = 300_000;

/** What a run is given. The lookup lock is held. */
export interface LookupRun {
  readonly folder: CaseFolder;
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (event: LookupEvent) => void;
}

export interface BegunLookup extends Disposable {
  readonly work: LookupWork;
  readonly scheduler: LookupScheduler;
  readonly traffic: TraceTraffic;
  readonly singles: TraceSingles;
  readonly statement: StatementStore;
  /** What was left open stays so: the next lookup goes on with it. */
  readonly end: () => void;
}

/** Asked in a cloud without it, the service would answer with a riddle. */
const offered = (client: TenantClient, strategy: LookupStrategy): LookupStrategy => {
  if (isOffered(client.cloud, 'messageTrace')) return strategy;
  return {
    service: strategy.service,
    wants: strategy.wants,
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

const newState = (run: LookupRun, order: LookupOrder, againSince: string | null): LookupState => ({
  version: 1,
  id: randomBytes(4).toString('hex'),
  cloud: run.client.cloud.name,
  tenantId: run.client.tenantId,
  account: run.client.account.name,
  clientId: run.client.clientId,
  analyst: analystOf(order.analyst, readCaseFile(run.folder).analyst),
  againSince,
  startedAt: isoTime(run.clock.now()),
  endedAt: null,
  questions: 0,
  open: [],
});

/** Requests of lookups that ended just now, or were killed, count for the tenant's limit too. */
const rememberRequests = ({ client, clock }: LookupRun, all: readonly KeptLookup[]): void => {
  const since = clock.now() - FIVE_MINUTES;
  const sent = all
    .filter(({ state: { endedAt } }) => endedAt === null || Date.parse(endedAt) >= since)
    .flatMap(({ kept, state }) => new LookupStateStore(kept, state).sentTo('/messageTraces?'));
  const recent = sent.filter((at) => at > since).sort((one, other) => one - other);
  if (recent.length > 0) client.remember('traces', recent);
};

const storeFor = (
  run: LookupRun,
  order: LookupOrder,
  left: KeptLookup | null,
  latest: number,
): LookupStateStore => {
  // Later than whatever was answered before, in the same second even.
  const fresh = isoTime(Math.max(run.clock.now(), latest + 1000));
  const againSince = order.again ? fresh : null;
  if (left === null) {
    const state = newState(run, order, againSince);
    return new LookupStateStore(new TaskFolder(run.folder, state.id, 'lookup'), state, run.folder);
  }
  // One that asked all again and was killed goes on where it was, and does not begin once more.
  const state = {
    ...left.state,
    againSince: order.again ? (left.state.againSince ?? fresh) : null,
  };
  return new LookupStateStore(left.kept, state);
};

/** Takes up the lookup that was left, or begins one; nothing is asked yet. */
export const beginLookup = (
  run: LookupRun,
  order: LookupOrder,
  moreStrategies: (work: LookupWork) => readonly LookupStrategy[],
): BegunLookup => {
  const { folder, client, clock, signal, tell } = run;
  const records = new FollowedRecords(folder, (db) => new LookupStatus(db));
  const kept = keptLookups(folder);
  const left = leftOpen(kept, client.tenantId);
  const latest = records.ask((status) => status.latest());
  const store = storeFor(run, order, left, latest);
  const reporter = new LookupReporter(clock, tell);
  const reach = new TraceReach(clock);
  rememberRequests(run, kept);
  const again = Date.parse(store.state.againSince ?? '') || 0;
  const work: LookupWork = {
    ...{ folder, store, client, clock, signal, tell, reporter, reach },
    analyst: store.state.analyst,
    inCase: (ask) => records.ask(ask),
    overtaken: () => scheduler.overtaken,
    state: () => statement.asks(),
    stamp: () => isoTime(Math.max(reach.now(), again)),
    async settle(lookups) {
      const any = await settleLookups(folder, lookups, {
        signal,
        noted: (lookup) => scheduler.note(lookup),
        onWait: () => reporter.say('otherImport'),
      });
      if (any) tell({ event: 'arrived' });
    },
  };
  const traffic = new TraceTraffic(work);
  const singles = new TraceSingles(work, {
    thorough: order.thorough,
    hasTraffic: (message) => traffic.isFor(message),
  });
  const strategies = [offered(client, traffic), offered(client, singles), ...moreStrategies(work)];
  const scheduler = new LookupScheduler(work, strategies);
  const statement = new StatementStore(order, { work, scheduler, traffic, singles });
  return {
    ...{ work, scheduler, traffic, singles, statement },
    end() {
      const { questions, open } = store.state;
      if (questions > 0 && open.length === 0) store.change({ endedAt: isoTime(clock.now()) });
    },
    [Symbol.dispose]: () => records[Symbol.dispose](),
  };
};

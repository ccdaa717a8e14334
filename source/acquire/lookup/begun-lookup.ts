import { randomBytes } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { FetchFolder, fetchFolders } from '../../store/fetch-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { LookupStanding } from '../../store/queries/lookup-standing.ts';
import { isOffered } from '../../tenant/abilities.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../../store/analyst.ts';
import { StatementKeeper } from './keep-statement.ts';
import { LookUpCourse } from './lookup-course.ts';
import type { LookUpEvent } from './lookup-events.ts';
import type { LookUpOrder } from './lookup-order.ts';
import { settleLookups } from './lookup-settling.ts';
import { LookUpKeeper, type LookUpState, readLookUpState } from './lookup-state.ts';
import { LookUpTeller, type LookUpWork } from './lookup-work.ts';
import type { LookUpWay } from './lookup-way.ts';
import { TraceReach } from './trace-reach.ts';
import { TraceSingles } from './trace-singles.ts';
import { TraceTraffic } from './trace-traffic.ts';

const FIVE_MINUTES = 300_000;

/** What a run is given. The lookup lock is held. */
export interface LookUpRun {
  readonly folder: CaseFolder;
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly tell: (event: LookUpEvent) => void;
}

export interface BegunLookUp extends Disposable {
  readonly work: LookUpWork;
  readonly course: LookUpCourse;
  readonly traffic: TraceTraffic;
  readonly singles: TraceSingles;
  readonly statement: StatementKeeper;
  /** What was left open stays so: the next look-up goes on with it. */
  readonly end: () => void;
}

/** Asked in a cloud without it, the service would answer with a riddle. */
const offered = (client: TenantClient, way: LookUpWay): LookUpWay => {
  if (isOffered(client.cloud, 'messageTrace')) return way;
  return {
    service: way.service,
    wants: way.wants,
    step: () =>
      Promise.reject(
        new Problem(
          `Microsoft does not offer message trace in the cloud "${client.cloud.name}".`,
          'Import exported traces instead (mia import).',
        ),
      ),
  };
};

interface KeptLookUp {
  readonly kept: FetchFolder;
  readonly state: LookUpState;
}

/** All look-ups of the case that this version can read. */
const keptLookUps = (folder: CaseFolder): readonly KeptLookUp[] =>
  fetchFolders(folder, 'lookup').flatMap((kept) => {
    const state = readLookUpState(kept);
    return state === null ? [] : [{ kept, state }];
  });

/** Where a look-up of this tenant was left, the last one. */
const leftOpen = (all: readonly KeptLookUp[], tenantId: string): KeptLookUp | null =>
  all
    .filter(({ state }) => state.endedAt === null && state.open.length > 0)
    .filter(({ state }) => state.tenantId.toLowerCase() === tenantId.toLowerCase())
    .sort((one, other) => (one.state.startedAt > other.state.startedAt ? -1 : 1))
    .at(0) ?? null;

const newState = (run: LookUpRun, order: LookUpOrder, againSince: string | null): LookUpState => ({
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

/** Requests of look-ups that ended just now, or were killed, count for the tenant's limit too. */
const rememberRequests = ({ client, clock }: LookUpRun, all: readonly KeptLookUp[]): void => {
  const since = clock.now() - FIVE_MINUTES;
  const sent = all
    .filter(({ state: { endedAt } }) => endedAt === null || Date.parse(endedAt) >= since)
    .flatMap(({ kept, state }) => new LookUpKeeper(kept, state).sentTo('/messageTraces?'));
  const recent = sent.filter((at) => at > since).sort((one, other) => one - other);
  if (recent.length > 0) client.remember('traces', recent);
};

const keeperFor = (
  run: LookUpRun,
  order: LookUpOrder,
  left: KeptLookUp | null,
  latest: number,
): LookUpKeeper => {
  // Later than whatever was answered before, in the same second even.
  const fresh = isoTime(Math.max(run.clock.now(), latest + 1000));
  const againSince = order.again ? fresh : null;
  if (left === null) {
    const state = newState(run, order, againSince);
    return new LookUpKeeper(new FetchFolder(run.folder, state.id, 'lookup'), state, run.folder);
  }
  // One that asked all again and was killed goes on where it was, and does not begin once more.
  const state = {
    ...left.state,
    againSince: order.again ? (left.state.againSince ?? fresh) : null,
  };
  return new LookUpKeeper(left.kept, state);
};

/** Takes up the look-up that was left, or begins one; nothing is asked yet. */
export const beginLookUp = (
  run: LookUpRun,
  order: LookUpOrder,
  moreWays: (work: LookUpWork) => readonly LookUpWay[],
): BegunLookUp => {
  const { folder, client, clock, signal, tell } = run;
  const records = new FollowedRecords(folder, (db) => new LookupStanding(db));
  const kept = keptLookUps(folder);
  const left = leftOpen(kept, client.tenantId);
  const latest = records.ask((standing) => standing.latest());
  const keeper = keeperFor(run, order, left, latest);
  const teller = new LookUpTeller(clock, tell);
  const reach = new TraceReach(clock);
  rememberRequests(run, kept);
  const again = Date.parse(keeper.state.againSince ?? '') || 0;
  const work: LookUpWork = {
    ...{ folder, keeper, client, clock, signal, tell, teller, reach },
    analyst: keeper.state.analyst,
    inCase: (ask) => records.ask(ask),
    overtaken: () => course.overtaken,
    state: () => statement.asks(),
    stamp: () => isoTime(Math.max(reach.now(), again)),
    async settle(lookups) {
      const any = await settleLookups(folder, lookups, {
        signal,
        noted: (lookup) => course.note(lookup),
        onWait: () => teller.say('otherImport'),
      });
      if (any) tell({ event: 'arrived' });
    },
  };
  const traffic = new TraceTraffic(work);
  const singles = new TraceSingles(work, {
    thorough: order.thorough,
    hasTraffic: (message) => traffic.isFor(message),
  });
  const ways = [offered(client, traffic), offered(client, singles), ...moreWays(work)];
  const course = new LookUpCourse(work, ways);
  const statement = new StatementKeeper(order, { work, course, traffic, singles });
  return {
    ...{ work, course, traffic, singles, statement },
    end() {
      const { questions, open } = keeper.state;
      if (questions > 0 && open.length === 0) keeper.change({ endedAt: isoTime(clock.now()) });
    },
    [Symbol.dispose]: () => records[Symbol.dispose](),
  };
};

import type { LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { PastLookup } from '../../domain/lookups/past-lookup.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../../store/analyst.ts';
import type { LookupOrder } from './lookup-order.ts';
import type { LookupScheduler } from './lookup-scheduler.ts';
import type { LookupWork } from './lookup-work.ts';
import { secondsFor, singleWindows, type TraceSingles } from './trace-singles.ts';
import type { TraceTraffic } from './trace-traffic.ts';
import { holesOf, rangesOf, readTraffic } from './traffic-halves.ts';

/** What a lookup is made of, as far as its statement asks it. */
export interface StatedLookup {
  readonly work: LookupWork;
  readonly scheduler: LookupScheduler;
  readonly traffic: TraceTraffic;
  readonly singles: TraceSingles;
}

/** What a lookup came to, for what was wanted last. */
export const lookupStatement = ({
  work,
  scheduler,
  traffic,
  singles,
}: StatedLookup): LookupStatement => {
  const counts = { found: 0, olderThanTrace: 0, notFound: 0, failed: 0, open: 0 };
  const left = { messages: 0, requests: 0 };
  for (const { message, outcome, traced } of scheduler.outcomes()) {
    counts[outcome ?? 'open'] += 1;
    if (outcome === 'found' || !singles.wants(message, traced)) continue;
    left.messages += 1;
    left.requests += singleWindows(message.firstAccess, work.reach.window()).length;
  }
  return {
    asked: scheduler.wanted,
    ...counts,
    notAskedSingly: { ...left, seconds: secondsFor(left.requests) },
    ...readTraffic(traffic.asked),
    requests: work.reporter.sent.requests,
    refused: scheduler.refused,
  };
};

/**
 * Writes into case.json what can be said of one run of a lookup, so that it stands in every export:
 * when it begins to ask, after each answer, and at its end, each time in the place of what it said
 * before. So one that is killed is there, too. One that had nothing to ask, since all was known, is not
 * worth a word.
 */
export class StatementStore {
  readonly #order: LookupOrder;
  readonly #stated: StatedLookup;
  readonly #startedAt: string;
  #isKept = false;

  constructor(order: LookupOrder, stated: StatedLookup) {
    this.#order = order;
    this.#stated = stated;
    this.#startedAt = isoTime(stated.work.clock.now());
  }

  /** Something is asked. */
  asks(): void {
    this.#keep('unfinished');
  }

  /** Where anything was asked: it may be known by now how more of it ended. */
  goesOn(): void {
    if (this.#isKept) this.#keep('unfinished');
  }

  end(outcome: Exclude<PastLookup['outcome'], 'unfinished'>): void {
    if (this.#isKept || this.#stated.scheduler.refused.length > 0) this.#keep(outcome);
  }

  #keep(outcome: PastLookup['outcome']): void {
    const { folder } = this.#stated.work;
    const past = this.#past(outcome);
    const isOurs = ({ id, startedAt }: PastLookup): boolean =>
      this.#isKept && id === past.id && startedAt === past.startedAt;
    changeCaseFile(folder, (before) => {
      const place = before.lookUps.findLastIndex(isOurs);
      const lookUps = place < 0 ? [...before.lookUps, past] : before.lookUps.with(place, past);
      return { ...before, lookUps };
    });
    this.#isKept = true;
  }

  #past(outcome: PastLookup['outcome']): PastLookup {
    const { work, traffic } = this.#stated;
    const { client, clock, folder, store } = work;
    const { answers, retries, endpoints, sources } = work.reporter.sent;
    const { again, thorough, mailbox, analyst } = this.#order;
    return {
      id: store.id,
      startedAt: this.#startedAt,
      endedAt: outcome === 'unfinished' ? null : isoTime(clock.now()),
      outcome,
      cloud: client.cloud.name,
      tenantId: client.tenantId,
      account: client.account.name,
      clientId: client.clientId,
      analyst: analystOf(analyst, readCaseFile(folder).analyst),
      again,
      thorough,
      mailboxes: mailbox,
      endpoints,
      stretches: rangesOf(traffic.asked),
      holes: holesOf(traffic.asked),
      answers,
      retries,
      sources,
      statement: lookupStatement(this.#stated),
    };
  }
}

import type { PastLookUp } from '../../domain/lookups/past-lookup.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { analystOf } from '../../store/analyst.ts';
import { holesOf, stretchesOf } from './asked-traffic.ts';
import type { BegunLookUp } from './begun-lookup.ts';
import type { LookUpOrder } from './lookup-order.ts';
import { lookUpStatement } from './lookup-statement.ts';

type Stated = Pick<BegunLookUp, 'work' | 'course' | 'traffic' | 'singles'>;

/**
 * Writes into case.json what can be said of one run of a look-up, so that it stands in every export:
 * when it begins to ask, after each answer, and at its end, each time in the place of what it said
 * before. So one that is killed is there, too. One that had nothing to ask, since all was known, is not
 * worth a word.
 */
export class StatementKeeper {
  readonly #order: LookUpOrder;
  readonly #stated: Stated;
  readonly #startedAt: string;
  #isKept = false;

  constructor(order: LookUpOrder, stated: Stated) {
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

  end(outcome: Exclude<PastLookUp['outcome'], 'unfinished'>): void {
    if (this.#isKept || this.#stated.course.refused.length > 0) this.#keep(outcome);
  }

  #keep(outcome: PastLookUp['outcome']): void {
    const { folder } = this.#stated.work;
    const past = this.#past(outcome);
    const isOurs = ({ id, startedAt }: PastLookUp): boolean =>
      this.#isKept && id === past.id && startedAt === past.startedAt;
    changeCaseFile(folder, (before) => {
      const place = before.lookUps.findLastIndex(isOurs);
      const lookUps = place < 0 ? [...before.lookUps, past] : before.lookUps.with(place, past);
      return { ...before, lookUps };
    });
    this.#isKept = true;
  }

  #past(outcome: PastLookUp['outcome']): PastLookUp {
    const { work, traffic } = this.#stated;
    const { client, clock, folder, keeper } = work;
    const { answers, retries, endpoints, sources } = work.teller.sent;
    const { again, thorough, mailbox, analyst } = this.#order;
    return {
      id: keeper.id,
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
      stretches: stretchesOf(traffic.asked),
      holes: holesOf(traffic.asked),
      answers,
      retries,
      sources,
      statement: lookUpStatement(this.#stated),
    };
  }
}

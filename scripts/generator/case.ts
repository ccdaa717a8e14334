import type { AuditData, CaseRow } from './access.ts';
import { rowOf } from './audit-data.ts';
import { mailOf } from './mail.ts';
import { OTHER_OPERATIONS, otherEvent } from './other-events.ts';
import { hashOf, seededRandom } from './random.ts';
import { truthOf } from './truth.ts';
import type { Truth } from './truth.ts';
import { accessOf, startVisit } from './visit.ts';
import type { Moment, Visit } from './visit.ts';
import { makeCompany } from './world.ts';
import type { Company } from './world.ts';

export interface CaseOptions {
  readonly seed: number;
  /** Rows in all, with duplicates and other operations. */
  readonly rows: number;
  /** Default: one for each 20 rows. Records without an id fall together into fewer sessions. */
  readonly sessions?: number;
  /** Default: one for each 3,000 rows, 4 at the least. */
  readonly mailboxes?: number;
  /** Messages in each mailbox; default: so many that each is accessed about three times, as in real logs. */
  readonly mailCount?: number;
  /** Shares of the rows. */
  readonly duplicates?: number;
  readonly others?: number;
  /** ISO date of the first day; default 2026-08-03, a Monday. */
  readonly from?: string;
  readonly days?: number;
}

export interface CasePlan {
  readonly company: Company;
  readonly rows: number;
  readonly sessions: number;
  readonly mailCount: number;
  readonly duplicates: number;
  readonly others: number;
  /** Seconds since 1970. */
  readonly start: number;
  readonly days: number;
  readonly seed: number;
}

export const planCase = (options: CaseOptions): CasePlan => {
  const mailboxes = options.mailboxes ?? Math.max(4, Math.round(options.rows / 3000));
  return {
    company: makeCompany(options.seed, Math.max(2, mailboxes)),
    rows: options.rows,
    sessions: options.sessions ?? Math.max(6, Math.round(options.rows / 20)),
    mailCount: options.mailCount ?? Math.max(200, Math.round((options.rows * 0.6) / mailboxes)),
    duplicates: options.duplicates ?? 0.03,
    others: options.others ?? 0.08,
    start: Date.parse(`${options.from ?? '2026-08-03'}T00:00:00Z`) / 1000,
    days: options.days ?? 60,
    seed: options.seed,
  };
};

/** Four rows in five fall in office hours, so that hours of the day mean something. */
const timeOf = (plan: CasePlan, row: number): number => {
  const position = (row / plan.rows) * plan.days;
  const day = Math.floor(position);
  const share = position - day;
  const hour =
    share < 0.1
      ? share * 65
      : share < 0.9
        ? 6.5 + (share - 0.1) * 13.75
        : 17.5 + (share - 0.9) * 65;
  return plan.start + day * 86400 + Math.floor(hour * 3600);
};

/**
 * The rows of an invented case, in time order, one by one: any size in little memory, since only
 * the visits now going on and the last few rows are kept.
 */
export function* caseRows(plan: CasePlan): Generator<CaseRow> {
  const random = seededRandom(hashOf(plan.seed, 21));
  const visits: Visit[] = [];
  const recent: CaseRow[] = [];
  let throttled = false;
  const parallel = Math.min(40, Math.max(2, plan.sessions >> 1));
  const perVisit = Math.max(1, Math.round(plan.rows / plan.sessions));
  for (let row = 0; row < plan.rows; row += 1) {
    const earlier = recent[0];
    if (earlier && random.chance(plan.duplicates)) {
      yield { ...random.pick(recent), repeated: true };
      continue;
    }
    while (visits.length < parallel)
      visits.push(
        startVisit(plan.company, random, random.between(1, 2 * perVisit - 1), plan.mailCount),
      );
    const turn = random.below(visits.length);
    const visit = visits[turn]!;
    const moment: Moment = {
      at: timeOf(plan, row),
      before: plan.start,
      mailCount: plan.mailCount,
      // Each case has a gap: the first record that can say so after its middle does.
      throttledShare: !throttled && row * 2 > plan.rows ? 1 : 0.0004,
    };
    if (random.chance(plan.others)) {
      yield otherRow(plan, visit, moment, random);
      continue;
    }
    const entry = accessOf(visit, plan.company, moment, random);
    throttled ||= entry.throttled === true;
    if (visit.recordsLeft <= 0) visits.splice(turn, 1);
    const made = rowOf(entry);
    recent.push(made);
    if (recent.length > 24) recent.shift();
    yield made;
  }
}

const otherRow = (
  plan: CasePlan,
  visit: Visit,
  moment: Moment,
  random: ReturnType<typeof seededRandom>,
): CaseRow => {
  const { company } = plan;
  const { mailbox } = visit;
  const mail = mailOf(company, mailbox, random.below(plan.mailCount), plan.start);
  const [address, sessionId] = [visit.addresses[0]!, visit.sessionId];
  const act = { company, mailbox, at: moment.at, address, sessionId, mail };
  return rowOf(otherEvent(random.pick(OTHER_OPERATIONS), act, random));
};

export interface InventedCase {
  readonly plan: CasePlan;
  readonly company: Company;
  readonly rows: readonly CaseRow[];
  /** AuditData of every row, in order. */
  readonly records: readonly AuditData[];
  readonly truth: Truth;
}

/** A whole invented case in memory, for tests; for more than some 50,000 rows use `caseRows`. */
export const makeCase = (options: CaseOptions): InventedCase => {
  const plan = planCase(options);
  const rows = [...caseRows(plan)];
  return {
    plan,
    company: plan.company,
    rows,
    records: rows.map((row) => row.record),
    truth: truthOf(rows),
  };
};

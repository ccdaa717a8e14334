import type { AuditData, CaseRow } from '../../scripts/generator/access.ts';
import { caseRows, planCase } from '../../scripts/generator/case.ts';
import type { CasePlan } from '../../scripts/generator/case.ts';
import { truthOf } from '../../scripts/generator/truth.ts';
import type { Truth } from '../../scripts/generator/truth.ts';
import { once } from './once.ts';
import type { TenantOptions } from './tenant-options.ts';

/** The invented case that the tenant serves. Each record is in a log once. */
export interface TenantCase {
  readonly plan: CasePlan;
  readonly rows: readonly CaseRow[];
  readonly records: readonly StoredRecord[];
  /** What is true of all its records; `truthOf(rows.filter(…))` for a part. */
  readonly truth: Truth;
}

export interface StoredRecord {
  readonly id: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly data: AuditData;
}

export const tenantCase = (options: TenantOptions): TenantCase => {
  const { mailboxes, mailCount, from } = options;
  const plan = planCase({
    seed: options.seed ?? 1,
    rows: options.rows ?? 400,
    ...(mailboxes === undefined ? {} : { mailboxes }),
    ...(mailCount === undefined ? {} : { mailCount }),
    ...(from === undefined ? {} : { from }),
  });
  const rows = [...caseRows(plan)].filter(({ repeated }) => !repeated);
  const truth = once(() => truthOf(rows));
  return {
    plan,
    rows,
    records: rows.map(({ entry, record }) => ({ id: entry.id, at: entry.at, data: record })),
    get truth() {
      return truth();
    },
  };
};

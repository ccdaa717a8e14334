import { throttled } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { AuditOptions } from '../tenant-options.ts';
import { isUnfiltered } from './query-filters.ts';
import type { QueryFilters } from './query-filters.ts';

const DAY = 86_400_000;

export interface Submitted {
  readonly createdAt: number;
  readonly open: boolean;
  readonly filters: QueryFilters;
}

/** Why one more query is refused now (`tenant.md` 1.3); null: it is not. */
export const submissionRefusal = (
  submitted: readonly Submitted[],
  filters: QueryFilters,
  now: number,
  options: AuditOptions,
): TenantAnswer | null => {
  const open = submitted.filter((one) => one.open);
  if (isUnfiltered(filters) && open.some((one) => isUnfiltered(one.filters)))
    return throttled('Only one unfiltered audit log query can be active at a time.');
  if (open.length >= options.open)
    return throttled("Don't retry the request immediately. Too many active queries.", 60);
  const today = submitted.filter(({ createdAt }) => createdAt > now - DAY);
  const first = today[today.length - options.perDay];
  if (first !== undefined) {
    const seconds = (first.createdAt + DAY - now) / 1000;
    return throttled("Don't retry the request immediately. Daily limit reached.", seconds);
  }
  const last = submitted.at(-1);
  if (last !== undefined && now - last.createdAt < options.secondsBetween * 1000)
    return throttled('Too many requests in a short time.');
  return null;
};

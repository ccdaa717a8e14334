import type { TraceFilter } from './trace-filter.ts';

const DAY = 86_400_000;
/** Clocks of clients are a little ahead. */
const TOLERATED = 60_000;

export const START_TOO_OLD =
  "Invalid StartDate value. The StartDate can't be older than 90 days from today.";

/** From and to in milliseconds; a string: what the service says to it (`tenant.md` 3.1). */
export const tracePeriod = (
  { from, to }: TraceFilter,
  now: number,
  reach: 'today' | 'now',
): readonly [number, number] | string => {
  if (from === null && to === null) return [now - 2 * DAY, now];
  if (to === null) return 'EndDate is required when a StartDate is entered.';
  if (from === null) return 'StartDate is required when an EndDate is entered.';
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const today = now - (now % DAY);
  if (Number.isNaN(start) || Number.isNaN(end) || end < start)
    return 'Invalid StartDate value. The StartDate must be before the EndDate.';
  if (end > now + TOLERATED) return "Invalid EndDate value. The EndDate can't be in the future.";
  if (start < (reach === 'today' ? today : now) - 90 * DAY) return START_TOO_OLD;
  if (end - start > 10 * DAY)
    return "|System.ArgumentException|The interval between StartDate and EndDate can't be longer than 10 days.";
  return [start, end];
};

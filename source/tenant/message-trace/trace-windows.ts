/**
 * How far message trace reaches, and in which pieces (`tenant.md` 3.1): no more than ten days at once,
 * from no earlier than midnight (UTC) ninety days ago. Times are epoch milliseconds, whole seconds.
 */

const DAY = 86_400_000;
const SECOND = 1_000;
const REACH = 90 * DAY;
const WIDEST = 10 * DAY;

/** Rows come minutes to an hour late, and what they say changes for some hours. */
export const SETTLED_AFTER = 6 * 3_600_000;

/** So long a question may wait for its turn and must not have left the reach by then. */
const MARGIN = 3_600_000;

const wholeSecond = (time: number): number => time - (time % SECOND);
const midnight = (time: number): number => time - (time % DAY);

/** The first moment that may still be asked for, for certain, an hour from now too. */
export const traceStart = (now: number): number => midnight(now + MARGIN) - REACH;

/**
 * From when to ask where the service said that `from` is too far back: Microsoft writes "90 days from
 * today" and not what a day is. By the clock of the service; null: there is nothing narrower to try.
 */
export const laterStart = (from: number, now: number): number | null => {
  const starts = [traceStart(now), wholeSecond(now) - REACH + MARGIN, traceStart(now) + DAY];
  return starts.find((start) => start > from) ?? null;
};

/** Both ends belong to it. */
export interface TraceWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The windows that together hold `from` to `to`, the newest first: what was just broken into is asked
 * about most. Two neighbours share their second, as rows may be more precise than the question is.
 */
export const traceWindows = (from: number, to: number): readonly TraceWindow[] => {
  const windows: TraceWindow[] = [];
  const start = wholeSecond(from);
  for (let end = wholeSecond(to); end >= start;) {
    const begin = Math.max(start, end - WIDEST);
    windows.push({ from: begin, to: end });
    if (begin === start) break;
    end = begin;
  }
  return windows;
};

/** What of `wanted` none of `read` covers, in order of time. */
export const uncovered = (
  wanted: TraceWindow,
  read: readonly TraceWindow[],
): readonly TraceWindow[] => {
  const missing: TraceWindow[] = [];
  let at = wanted.from;
  for (const { from, to } of [...read].sort((one, other) => one.from - other.from)) {
    if (to <= at) continue;
    if (from > at) missing.push({ from: at, to: Math.min(from, wanted.to) });
    at = to;
    if (at >= wanted.to) break;
  }
  if (at < wanted.to) missing.push({ from: at, to: wanted.to });
  return missing.filter(({ from, to }) => to > from);
};

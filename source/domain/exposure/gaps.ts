import type { Gap } from './exposure.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Microsoft stops logging for a day when a mailbox has more than this in 24 hours. */
const THROTTLE_LIMIT = 1000;
/** From here on a warning. */
const NEAR_LIMIT = 800;

/**
 * Bind operations in one context within BULK_COPY_SPAN_MS: possibly a bulk copy. No vendor names a
 * figure: this one is far above what a person opens in an hour, and below what a copy takes.
 */
export const BULK_COPY_BINDS = 500;
const BULK_COPY_SPAN_MS = HOUR;

/** A gap before anything is known of windows and rebuttals. */
export type FoundGap = Pick<Gap, 'from' | 'to' | 'kind'>;

export interface MailboxActivity {
  /** Times (UTC ISO) of the records with IsThrottled true, in any order. */
  readonly throttled: readonly string[];
  /** Epoch ms, ascending: of all records of the mailbox, and of its Bind records. */
  readonly recordTimes: ArrayLike<number>;
  readonly bindTimes: ArrayLike<number>;
}

/** Epoch milliseconds, both ends included; an open end is infinite. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** Spans that overlap or touch become one. `spans` ascend by `from`. */
export const mergedSpans = (spans: Iterable<Span>): Span[] => {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push(span);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return result;
};

/**
 * Moments at which `count` records lay within the last 24 hours (both ends included). Left out:
 * where a throttled record lies in the 24 hours from the first of them, for there the log says
 * itself from when on it was silent. `throttled` ascends.
 */
function* limitReachedAt(
  times: ArrayLike<number>,
  count: number,
  throttled: readonly number[],
): Generator<number> {
  let next = 0;
  for (let first = 0; first + count <= times.length; first++) {
    const from = times[first] ?? 0;
    const at = times[first + count - 1] ?? 0;
    while (next < throttled.length && (throttled[next] ?? 0) < from) next++;
    if (at - from <= DAY && (throttled[next] ?? Infinity) > from + DAY) yield at;
  }
}

const dayFrom = (from: number): Span => ({ from, to: from + DAY });

/**
 * The periods of one mailbox that the log cannot vouch for (`domain.md`, Exposure 1), by time.
 * Throttled: 24 hours from each throttled record. Suspected: 24 hours from each moment at which
 * more than 1,000 records lay within 24 hours without a throttled one: the limit was passed and
 * nothing says so. `nearLimit`: from 800 on.
 */
export const gapsOf = (
  activity: MailboxActivity,
): { readonly gaps: readonly FoundGap[]; readonly nearLimit: boolean } => {
  const throttled = activity.throttled.map((time) => Date.parse(time)).sort((a, b) => a - b);
  const reachedIn = (times: ArrayLike<number>, count: number): number[] => [
    ...limitReachedAt(times, count, throttled),
  ];
  const both = (count: number): number[] =>
    [...reachedIn(activity.recordTimes, count), ...reachedIn(activity.bindTimes, count)].sort(
      (a, b) => a - b,
    );
  const gaps = [
    ...gapsOfKind('throttled', throttled.map(dayFrom)),
    ...gapsOfKind('suspected', both(THROTTLE_LIMIT + 1).map(dayFrom)),
  ];
  return {
    gaps: gaps.sort(byTime),
    nearLimit: both(NEAR_LIMIT).length > 0,
  };
};

/** Some of the records of a mailbox: from when to when (epoch ms), and how many of them. */
export interface Extent {
  readonly first: number;
  readonly last: number;
  readonly records: number;
}

/**
 * A quick upper bound from extents alone: false where even the worst case, all records of an extent
 * at one moment of it, never puts so many within 24 hours. Then `gapsOf` needs no times of single
 * records.
 */
export const mayBeNearLimit = (extents: readonly Extent[]): boolean => {
  // An extent counts in the 24 hours from any moment between a day before its first record and its last.
  const steps = extents.flatMap(({ first, last, records }) => [
    { at: first - DAY, change: records },
    { at: last + 1, change: -records },
  ]);
  let within = 0;
  return steps
    .sort((a, b) => a.at - b.at || b.change - a.change)
    .some(({ change }) => (within += change) >= NEAR_LIMIT);
};

const spanOf = (span: { readonly from: string | null; readonly to: string | null }): Span => ({
  from: span.from === null ? -Infinity : Date.parse(span.from),
  to: span.to === null ? Infinity : Date.parse(span.to),
});

/**
 * The time for which the log has to vouch, of one mailbox (`domain.md`, Exposure 1): from the earlier
 * start to the later end of the stated access window (an end that is null is open) and of the
 * malicious activity, from 24 hours before its first record to 25 hours after its last. The margins
 * are this product's choice: a day, and the hour in which repeats are not logged. A narrow window
 * never takes away what malicious records touch. null: neither is there. Epoch milliseconds.
 */
export const exposedSpan = (
  window: { readonly from: string | null; readonly to: string | null } | null,
  malicious: { readonly first: number; readonly last: number } | null,
): Span | null => {
  const stated = window === null || (window.from === null && window.to === null) ? null : window;
  if (malicious === null) return stated === null ? null : spanOf(stated);
  const active = { from: malicious.first - DAY, to: malicious.last + DAY + HOUR };
  if (stated === null) return active;
  const { from, to } = spanOf(stated);
  return { from: Math.min(from, active.from), to: Math.max(to, active.to) };
};

/** Whether a gap meets that time, both ends included. */
export const gapMatters = (gap: Pick<Gap, 'from' | 'to'>, span: Span | null): boolean =>
  span !== null && spanOf(gap).from <= span.to && span.from <= spanOf(gap).to;

/** A gap that matters and that no decision rebuts: all mail of its mailbox cannot be excluded. */
export const presumesAll = ({ matters, rebutted }: Gap): boolean => matters && !rebutted;

/**
 * What a damaged row may hide: an access, and its repeats of the hour after, which are not logged.
 */
export const unreadableAt = (time: number): Span => ({ from: time, to: time + HOUR });

/** Spans in any order as gaps of one kind; those that overlap or touch become one. */
export const gapsOfKind = (kind: Gap['kind'], spans: Iterable<Span>): readonly FoundGap[] =>
  mergedSpans([...spans].sort((a, b) => a.from - b.from)).map(({ from, to }) => ({
    from: iso(from),
    to: iso(to),
    kind,
  }));

export const byTime = (a: FoundGap, b: FoundGap): number =>
  Date.parse(a.from) - Date.parse(b.from) || Date.parse(a.to) - Date.parse(b.to);

/**
 * Many single binds in a short time: some clients and APIs copy a mailbox that way, without a Sync.
 * Takes the Bind records of one context, ascending by time (epoch ms), each with its OperationCount.
 */
export const isPossibleBulkCopy = (
  binds: readonly { readonly time: number; readonly operations: number }[],
): boolean => {
  let [first, within] = [0, 0];
  for (const { time, operations } of binds) {
    within += operations;
    for (let oldest = binds[first]; oldest !== undefined; oldest = binds[++first]) {
      if (time - oldest.time <= BULK_COPY_SPAN_MS) break;
      within -= oldest.operations;
    }
    if (within >= BULK_COPY_BINDS) return true;
  }
  return false;
};

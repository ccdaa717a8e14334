import type { JsonObject } from '../../domain/json.ts';
import type { LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { Lookup, LookedUpTraffic } from '../../domain/lookups/lookup.ts';
import type { ReadTraffic, TrafficHole, TrafficRange } from '../../domain/lookups/past-lookup.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import {
  SETTLED_AFTER,
  traceWindows,
  type TraceWindow,
  uncovered,
} from '../../tenant/message-trace/trace-windows.ts';
import type { Batch } from './lookup-state.ts';

/** One half of an address's mail. */
export interface Half {
  readonly address: string;
  readonly direction: LookedUpTraffic['direction'];
}

export const halvesOf = (addresses: readonly string[]): readonly Half[] =>
  addresses.flatMap((address) =>
    (['received', 'sent'] as const).map((direction) => ({ address, direction })),
  );

export const halfKey = ({ address, direction }: Half): string => `${direction} ${address}`;

/** What is asked of one half, as a batch's state holds it; the newest window first. */
export const aboutHalf = (
  { address, direction }: Half,
  missing: readonly TraceWindow[],
): JsonObject => ({
  address,
  direction,
  windows: missing
    .flatMap(({ from, to }) => traceWindows(from, to))
    .sort((one, other) => other.to - one.to)
    .map(({ from, to }): JsonObject => ({ from: isoTime(from), to: isoTime(to) })),
});

export const isAboutHalf = ({ about }: Batch, { address, direction }: Half): boolean =>
  about['address'] === address && about['direction'] === direction;

export const halfWindows = ({ about }: Batch): readonly TraceWindow[] => {
  const windows = about['windows'];
  if (!Array.isArray(windows)) return [];
  return windows.map((one) => {
    const { from, to } = one as JsonObject;
    return { from: Date.parse(String(from)), to: Date.parse(String(to)) };
  });
};

/** What a window came to. */
export interface WindowEnd extends TraceWindow {
  readonly rows: number;
  /** Why some of it could not be had. */
  readonly problem: string | null;
}

/** The lines of lookups.jsonl that say what was read of a half. */
export const halfLines = (
  { address, direction }: Half,
  ended: readonly WindowEnd[],
  source: string | null,
  at: string,
): readonly Lookup[] =>
  ended.map(({ from, to, rows, problem }) => ({
    at,
    service: 'messageTrace',
    address,
    direction,
    from: isoTime(from),
    to: isoTime(to),
    rows,
    source: rows === 0 ? null : source,
    complete: problem === null,
  }));

/** A window of an address's mail that was asked for, as it ended. */
export interface AskedWindow extends TrafficRange {
  /** When all of its half was read; UTC, ISO. */
  readonly at: string;
  readonly rows: number;
  /** Why some of it could not be had. */
  readonly problem: string | null;
}

/** The same, for the statement of the lookup. */
export const askedWindows = (
  half: Half,
  ended: readonly WindowEnd[],
  at: string,
): readonly AskedWindow[] =>
  ended.map(({ from, to, rows, problem }) => ({
    ...half,
    ...{ from: isoTime(from), to: isoTime(to), rows, problem, at },
  }));

const windowOf = ({ from, to }: AskedWindow): TraceWindow => ({
  from: Date.parse(from),
  to: Date.parse(to),
});

const isWhole = ({ problem }: AskedWindow): boolean => problem === null;

/** Windows that were read whole, those of an address and a direction that meet as one; the oldest first. */
export const rangesOf = (asked: readonly AskedWindow[]): readonly ReadTraffic[] => {
  const ranges: ReadTraffic[] = [];
  for (const { address, direction, from, to, rows } of asked.filter(isWhole).toSorted(inOrder)) {
    const last = ranges.at(-1);
    const meets =
      last !== undefined &&
      halfKey(last) === halfKey({ address, direction }) &&
      Date.parse(from) <= Date.parse(last.to);
    if (!meets) ranges.push({ address, direction, from, to, rows });
    else
      ranges[ranges.length - 1] = {
        ...last,
        to: Date.parse(to) > Date.parse(last.to) ? to : last.to,
        rows: last.rows + rows,
      };
  }
  return ranges;
};

const inOrder = (one: AskedWindow, other: AskedWindow): number => {
  const [key, otherKey] = [halfKey(one), halfKey(other)];
  if (key !== otherKey) return key < otherKey ? -1 : 1;
  return Date.parse(one.from) - Date.parse(other.from);
};

/** Windows of which some could not be had; those asked for anew and had whole since are filled. */
export const holesOf = (asked: readonly AskedWindow[]): readonly TrafficHole[] =>
  asked.flatMap((one, place) => {
    const { address, direction, from, to, problem } = one;
    if (problem === null) return [];
    const later = asked.slice(place + 1).filter((other) => halfKey(other) === halfKey(one));
    const whole = later.filter(isWhole).map(windowOf);
    const filled = uncovered(windowOf(one), whole).length === 0;
    return { address, direction, from, to, why: problem, filled };
  });

/** What was read of traffic, and since when rows of it may still come; null: nothing was. */
export const readTraffic = (
  asked: readonly AskedWindow[],
): Pick<LookupStatement, 'traffic' | 'lateSince'> => {
  const ranges = rangesOf(asked);
  const broken = new Set(
    holesOf(asked)
      .filter(({ filled }) => !filled)
      .map(({ address }) => address),
  );
  const addresses = [...new Set(ranges.map(({ address }) => address))];
  const whole = addresses.filter((address) => !broken.has(address));
  const from = ranges
    .filter(({ address }) => whole.includes(address))
    .reduce((first, one) => Math.min(first, Date.parse(one.from)), Infinity);
  const at = Math.min(...asked.map((one) => Date.parse(one.at)));
  return {
    traffic: whole.length === 0 ? null : { addresses: whole, from: isoTime(from) },
    lateSince: asked.length === 0 ? null : isoTime(at - SETTLED_AFTER),
  };
};

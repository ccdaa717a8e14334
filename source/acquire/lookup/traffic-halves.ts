import type { JsonObject } from '../../domain/json.ts';
import type { Lookup, LookedUpTraffic } from '../../domain/lookups/lookup.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { traceWindows, type TraceWindow } from '../../tenant/message-trace/trace-windows.ts';
import type { AskedWindow } from './asked-traffic.ts';
import type { Question } from './lookup-state.ts';

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

/** What is asked of one half, as a question's state holds it; the newest window first. */
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

export const isAboutHalf = ({ about }: Question, { address, direction }: Half): boolean =>
  about['address'] === address && about['direction'] === direction;

export const halfWindows = ({ about }: Question): readonly TraceWindow[] => {
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

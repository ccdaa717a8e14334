/** The tenant's time. It stands still until a test moves it, or runs `speed` times as fast as ours. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
}

/** `start` was at `began` by our own clock. `speed` 0: only `advance` moves it. */
export const virtualClock = (
  start: number,
  speed: number,
  began: number,
  real: () => number = Date.now,
): VirtualClock => {
  let advanced = 0;
  return {
    now: () => start + advanced + Math.floor((real() - began) * speed),
    advance: (milliseconds) => {
      advanced += milliseconds;
    },
  };
};

/** `2026-10-02T06:00:00Z` */
export const isoSeconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

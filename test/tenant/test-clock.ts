import type { Clock } from '../../source/tenant/http/clock.ts';

/** A clock whose sleepers wake at once, each at its time; time limits pass only when told. */
export interface TestClock extends Clock {
  /** Milliseconds slept, in order. */
  readonly slept: number[];
  readonly pass: (milliseconds: number) => void;
  /** Calls every time limit still set. */
  readonly passLimits: () => void;
}

const START = Date.parse('2026-09-26T10:00:00Z');

/** `chance`: what `random` gives. */
export const testClock = (chance = 0): TestClock => {
  let now = START;
  const slept: number[] = [];
  const limits = new Set<() => void>();
  return {
    slept,
    now: () => now,
    random: () => chance,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      slept.push(milliseconds);
      const until = now + milliseconds;
      // Others get their turn, as while a real timer runs.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      now = Math.max(now, until);
    },
    after(_milliseconds, call) {
      limits.add(call);
      return () => limits.delete(call);
    },
    passLimits: () => {
      for (const call of limits) call();
    },
  };
};

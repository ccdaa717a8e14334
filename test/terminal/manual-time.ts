import type { After } from '../../source/screens/terminal/frame-pacer.ts';

/** Time that passes when the test says so. */
export interface ManualTime {
  readonly after: After;
  /** Lets so many milliseconds pass; what falls due runs in order. */
  pass(milliseconds: number): void;
  /** How many timers wait. */
  waiting(): number;
}

export function createManualTime(): ManualTime {
  let now = 0;
  const timers = new Map<object, { readonly due: number; readonly run: () => void }>();
  const nextDue = (until: number) =>
    [...timers].filter(([, { due }]) => due <= until).sort(([, a], [, b]) => a.due - b.due)[0];
  return {
    after(milliseconds, run) {
      const key = {};
      timers.set(key, { due: now + milliseconds, run });
      return () => void timers.delete(key);
    },
    pass(milliseconds) {
      const until = now + milliseconds;
      for (let next = nextDue(until); next !== undefined; next = nextDue(until)) {
        const [key, { due, run }] = next;
        now = due;
        timers.delete(key);
        run();
      }
      now = until;
    },
    waiting: () => timers.size,
  };
}

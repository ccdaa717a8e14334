import { setTimeout as pause } from 'node:timers/promises';

/** How many requests of one application are at work in one mailbox. */
export interface MailboxConcurrency {
  /** Runs when there is room; null: too many. */
  readonly within: <Answer>(key: string, run: () => Answer) => Promise<Answer | null>;
  /** Keeps whoever is inside there until the returned function is called. */
  readonly hold: () => () => void;
  /** The most at once so far, refused ones not counted. */
  readonly peak: () => number;
}

/** `takes`: real milliseconds, so that requests made at the same time meet. */
export const mailboxConcurrency = (limit: number, takes: number): MailboxConcurrency => {
  const inside = new Map<string, number>();
  let peak = 0;
  let held: Promise<void> | null = null;
  return {
    peak: () => peak,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = null;
        resolve();
      };
    },
    within: async (key, run) => {
      const now = (inside.get(key) ?? 0) + 1;
      if (now > limit) return null;
      inside.set(key, now);
      peak = Math.max(peak, now);
      try {
        await (held ?? (takes > 0 ? pause(takes) : undefined));
        return run();
      } finally {
        inside.set(key, (inside.get(key) ?? 1) - 1);
      }
    },
  };
};

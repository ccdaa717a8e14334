import type { Clock } from './clock.ts';

/** Milliseconds a server asks to wait: Retry-After in seconds or as a date, or null. */
export const retryAfter = (
  headers: Readonly<Record<string, string>>,
  clock: Pick<Clock, 'now'>,
): number | null => {
  const asked = headers['retry-after']?.trim();
  if (asked === undefined || asked === '') return null;
  if (/^\d+(\.\d+)?$/.test(asked)) return Math.ceil(Number(asked) * 1000);
  const until = Date.parse(asked);
  if (Number.isNaN(until)) return null;
  // A date is of the server's clock: it is held against the server's own now where it says that.
  const serverNow = Date.parse(headers['date'] ?? '');
  return Math.max(0, until - (Number.isNaN(serverNow) ? clock.now() : serverNow));
};

/** How waits without a word from the server grow: `base` times 2, 4, 8…, up to `cap`. Milliseconds. */
export interface Backoff {
  readonly base: number;
  readonly cap: number;
}

export const SERVER_ERRORS: Backoff = { base: 2_000, cap: 60_000 };
export const THROTTLED: Backoff = { base: 10_000, cap: 300_000 };

/** The wait before repeat number `count` (from 0), up to a quarter longer by chance. */
export const backoffDelay = ({ base, cap }: Backoff, count: number, random: number): number =>
  Math.round(Math.min(cap, base * 2 ** count) * (1 + random / 4));

/** What the server asked for, and up to a second more, so that not all come back at once. */
export const withJitter = (milliseconds: number, random: number): number =>
  milliseconds + Math.round(random * 1000);

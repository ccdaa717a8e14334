/** Time and chance, so that a test can give both. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when that aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Calls once, unless the returned function was called before. For time limits. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** setTimeout takes no more; what is longer is slept in parts. */
const LONGEST_TIMER = 2 ** 31 - 1;

const sleepOnce = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', abort, { once: true });
  });

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    for (let left = milliseconds; left > 0; left -= LONGEST_TIMER)
      await sleepOnce(Math.min(left, LONGEST_TIMER), signal);
  },
  after(milliseconds, call) {
    const timer = setTimeout(call, Math.min(milliseconds, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** UTC, ISO, whole seconds. */
export const isoTime = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** What `work` comes to, or the signal's reason as soon as it aborts; `work` itself goes on. */
export const unlessAborted = <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

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
interface Backoff {
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

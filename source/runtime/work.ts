/** What is under way, counted before it starts: so that "nothing is" can be waited for. */
export interface Work {
  /** Counts from now until `doing` has ended. */
  track<Value>(doing: () => Promise<Value>): Promise<Value>;
  /** Resolves as soon as nothing is under way, at once where nothing is. */
  idle(): Promise<void>;
}

export const countWork = (): Work => {
  let running = 0;
  let waiting: (() => void)[] = [];
  const ended = (): void => {
    running -= 1;
    if (running > 0) return;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return {
    async track(doing) {
      running += 1;
      try {
        return await doing();
      } finally {
        ended();
      }
    },
    idle: () =>
      running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
  };
};

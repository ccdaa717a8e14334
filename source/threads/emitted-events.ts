/**
 * The events that `work` emits, in order; then what it threw, or nothing. It begins at once, and is not
 * stopped by a caller who leaves early: give it a signal and abort that. To be read once.
 */
export const emittedEvents = <Event>(
  work: (emit: (event: Event) => void) => Promise<unknown>,
): AsyncGenerator<Event> => {
  const queue: Event[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const emit = (event: Event): void => {
    queue.push(event);
    wake();
  };
  const ended = work(emit).finally(() => {
    over = true;
    wake();
  });
  // Whoever leaves early never awaits it; what it failed with is nobody's then.
  ended.catch(() => undefined);
  return (async function* (): AsyncGenerator<Event> {
    for (;;) {
      const event = queue.shift();
      if (event !== undefined) yield event;
      else if (over) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await ended;
  })();
};

/**
 * The events that `work` tells, in order, and then what it returns as the last. A caller who leaves
 * early does not stop it: give `work` a signal and abort that.
 */
export async function* toldEvents<Event>(
  work: (tell: (event: Event) => void) => Promise<Event>,
): AsyncGenerator<Event> {
  const queue: Event[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const tell = (event: Event): void => {
    queue.push(event);
    wake();
  };
  const ended = work(tell).finally(() => {
    over = true;
    wake();
  });
  // Whoever leaves early never awaits it; what it failed with is nobody's then.
  ended.catch(() => undefined);
  for (;;) {
    const event = queue.shift();
    if (event !== undefined) yield event;
    else if (over) break;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  yield await ended;
}

/** What `work` gives; null as soon as the signal is aborted, whatever becomes of it then. */
export const nullWhenAborted = <Value>(
  work: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | null> =>
  new Promise((resolve, reject) => {
    const abort = (): void => resolve(null);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** A thread that does what a test asks of it. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../source/domain/problem.ts';
import type { Remote } from '../../source/threads/connection.ts';
import { serveThread } from '../../source/threads/serve-thread.ts';

export type Starter = { readonly double: (value: number) => number };

const tried = (
  starter: Remote<Starter>,
  data: { readonly closedFile?: string; readonly refuse?: boolean },
) => {
  if (data.refuse === true) throw new Problem('It cannot begin.', 'Begin otherwise.');
  const gates = new Map<string, () => void>();
  return {
    add: ([one, other]: readonly [number, number]) => one + other,
    /** Answers when `open` is called with the same name. */
    wait: (name: string) =>
      new Promise<string>((resolve) => gates.set(name, () => resolve(`${name} opened`))),
    open: (name: string) => gates.get(name)?.(),
    refuse: (what: 'problem' | 'error' | 'system'): void => {
      if (what === 'problem') throw new Problem('It is full.', 'Free some space.');
      if (what === 'error') throw new TypeError('nobody foresaw this');
      writeFileSync('/nowhere/at/all', '');
    },
    exit: (code: number): void => process.exit(code),
    fill: (): number => {
      const held: number[][] = [];
      for (;;) held.push(Array.from({ length: 10_000 }, (_, at) => at + Math.random()));
    },
    stray: (): Promise<void> => {
      setImmediate(() => {
        throw new RangeError('thrown where nobody catches');
      });
      return new Promise(() => undefined);
    },
    sizeOf: (bytes: Uint8Array): number => bytes.length,
    quadruple: async (value: number) => starter.call('double', await starter.call('double', value)),
    /** Counts from 0, until cancelled or at `upTo`, and says how it ended. */
    async *run({ upTo }: { readonly upTo: number }, signal: AbortSignal) {
      for (let count = 0; count < upTo; count += 1) {
        if (signal.aborted) {
          yield { event: 'cancelled' } as const;
          return;
        }
        yield { event: 'counted', count } as const;
        await sleep(0);
      }
      yield { event: 'finished' } as const;
    },
    async *breaks() {
      yield 1;
      yield 2;
      throw new Problem('It broke.', 'Mend it.');
    },
    close: (): void => {
      if (data.closedFile !== undefined) writeFileSync(data.closedFile, 'closed');
    },
  };
};
export type Tried = ReturnType<typeof tried>;

serveThread(tried);

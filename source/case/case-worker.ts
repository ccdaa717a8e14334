/**
 * A thread of a case for the console: answers questions and, in the lane `rows`, takes decisions and
 * tells of other programs' changes. The lane `search` makes its index while nobody asks.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { withDiskTrouble } from '../domain/disk-trouble.ts';
import type { Remote } from '../threads/connection.ts';
import { serveThread } from '../threads/serve-thread.ts';
import { toThrown } from '../threads/thrown.ts';
import type { CaseOrder, CaseStarter } from './case-order.ts';
import { ConsoleQueries, type ConsoleMethod } from './console-queries.ts';

/** Another console's decision or import is to be seen within two seconds. */
const FOLLOW_MS = 500;

/** A method of ConsoleDesk, and what it is asked with. */
interface Asked {
  readonly method: ConsoleMethod;
  readonly values: readonly unknown[];
}

const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const answering = (starter: Remote<CaseStarter>, { role, ...order }: CaseOrder) => {
  const theCase = new ConsoleQueries({ ...order, now, alongside: role !== 'rows' });
  let said = theCase.refresh();
  let isClosed = false;
  let preparing = false;
  const follow = (): boolean => {
    const version = theCase.refresh();
    const changed = version !== said;
    said = version;
    if (changed && role === 'rows') void starter.call('changed', version);
    return changed;
  };
  /** What goes wrong while nobody asks is told by one thread. */
  const meanwhile = (work: () => void): void => {
    if (isClosed) return;
    try {
      work();
    } catch (error) {
      preparing = false;
      if (role === 'rows') void starter.call('problem', toThrown(withDiskTrouble(error)));
    }
  };
  /** A little of the index at a time, so that a question never waits for all of it. */
  const prepare = (): void => {
    preparing = theCase.prepareSearch();
    if (preparing) setImmediate(meanwhile, prepare);
  };
  const atIntervals = (): void => {
    const changed = follow();
    // Not while records arrive: each time some of it would have to be read again.
    if (role === 'search' && !changed && !preparing) prepare();
  };
  const answer = ({ method, values }: Asked): unknown => {
    try {
      follow();
      const ask = theCase[method] as (...values: readonly unknown[]) => unknown;
      return ask.apply(theCase, [...values]);
    } catch (error) {
      throw withDiskTrouble(error);
    } finally {
      // Once the answer is on its way.
      if (role === 'rows') setImmediate(meanwhile, follow);
    }
  };
  const timer =
    role === 'rows' || role === 'search'
      ? setInterval(meanwhile, FOLLOW_MS, atIntervals)
      : undefined;
  return {
    /** Who decides, what has to be said of the case, and how it is read where it can only be read. */
    opened: () => ({
      analyst: theCase.analyst,
      notices: theCase.notices,
      readOnly: theCase.readOnly,
    }),
    async ask(asked: Asked): Promise<unknown> {
      const pause = asked.method === 'overview' ? theCase.overviewPause(performance.now()) : 0;
      if (pause > 0) await sleep(pause);
      return answer(asked);
    },
    close(): void {
      isClosed = true;
      clearInterval(timer);
      theCase.close();
    },
  };
};
export type CaseThread = ReturnType<typeof answering>;

serveThread(answering);

/**
 * A thread of a case for the console: answers questions and, in the lane `rows`, takes decisions and
 * tells of other programs' changes. The lane `search` makes its index while nobody asks.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { CaseOrder, FromCaseWorker, ToCaseWorker } from './service/case-messages.ts';
import { ConsoleDesk, problemText } from './service/console-desk.ts';

/** Another console's decision or import is to be seen within two seconds. */
const FOLLOW_MS = 500;

const port = parentPort;
if (port === null) throw new Error('case-worker runs as a worker thread only');

const { lane, ...order } = workerData as CaseOrder;

const post = (message: FromCaseWorker): void => port.postMessage(message);
const refuse = (id: number | null, error: unknown): void =>
  post({
    say: 'refused',
    id,
    problem: problemText(error),
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });

const open = (): ConsoleDesk | null => {
  const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  try {
    return new ConsoleDesk({ ...order, now, alongside: lane !== 'rows' });
  } catch (error) {
    refuse(null, error);
    return null;
  }
};

const desk = open();
if (desk === null) port.close();
else {
  let said = desk.refresh();
  const follow = (): void => {
    const version = desk.refresh();
    if (version !== said && lane === 'rows') post({ say: 'changed', version });
    said = version;
  };
  const answer = (message: ToCaseWorker & { readonly say: 'call' }): void => {
    const { id, method, values } = message;
    try {
      follow();
      const ask = desk[method] as (...values: readonly unknown[]) => unknown;
      post({ say: 'answer', id, value: ask.apply(desk, [...values]) });
      if (lane === 'rows') follow();
    } catch (error) {
      refuse(id, error);
    }
  };
  let preparing = false;
  /** A little of the index at a time, so that a question never waits for all of it. */
  const prepare = (): void => {
    try {
      preparing = desk.prepareSearch();
    } catch (error) {
      preparing = false;
      refuse(null, error);
    }
    if (preparing) setImmediate(prepare);
  };
  const atIntervals = (): void => {
    try {
      const version = desk.refresh();
      // Not while records arrive: each time some of it would have to be read again.
      const settled = version === said;
      if (lane === 'rows') follow();
      else if (settled && !preparing) prepare();
      said = version;
    } catch (error) {
      refuse(null, error);
    }
  };
  const timer =
    lane === 'rows' || lane === 'search' ? setInterval(atIntervals, FOLLOW_MS) : undefined;
  port.on('message', (message: ToCaseWorker) => {
    if (message.say === 'close') {
      clearInterval(timer);
      desk.close();
      port.close();
      return;
    }
    const pause = message.method === 'overview' ? desk.overviewPause(performance.now()) : 0;
    if (pause > 0) setTimeout(answer, pause, message);
    else answer(message);
  });
  post({ say: 'opened', analyst: desk.analyst, notices: desk.notices });
}

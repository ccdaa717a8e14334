/** The thread that owns the store for the console: answers questions, follows other programs' changes. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CaseOrder, FromCaseWorker, ToCaseWorker } from './service/case-messages.ts';
import { ConsoleDesk, problemText } from './service/console-desk.ts';

/** Another console's decision or import is to be seen within two seconds. */
const FOLLOW_MS = 500;

const port = parentPort;
if (port === null) throw new Error('case-worker runs as a worker thread only');

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
    return new ConsoleDesk({ ...(workerData as CaseOrder), now });
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
    if (version !== said) post({ say: 'changed', version });
    said = version;
  };
  const timer = setInterval(() => {
    try {
      follow();
    } catch (error) {
      refuse(null, error);
    }
  }, FOLLOW_MS);
  port.on('message', (message: ToCaseWorker) => {
    if (message.say === 'close') {
      clearInterval(timer);
      desk.close();
      port.close();
      return;
    }
    const { id, method, values } = message;
    try {
      const answer = desk[method] as (...values: readonly unknown[]) => unknown;
      post({ say: 'answer', id, value: answer.apply(desk, [...values]) });
      follow();
    } catch (error) {
      refuse(id, error);
    }
  });
  post({ say: 'opened' });
}

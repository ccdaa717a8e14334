import { parentPort, workerData } from 'node:worker_threads';
import { Connection, type Answers, type Remote } from './connection.ts';

/**
 * In a thread: answers what whoever started it calls, until that closes it. `answersOf` gets what it
 * was started with, and what can be called of the starter. What it throws rejects all calls. A method
 * `close` is called at the end; after it nothing may keep the thread alive.
 */
export const serveThread = <Data, Starter extends Answers>(
  answersOf: (data: Data, starter: Remote<Starter>) => Answers,
): void => {
  const port = parentPort;
  if (port === null) throw new Error('This runs as a worker thread only.');
  const connection = new Connection<Starter>(port);
  try {
    const answers = answersOf(workerData as Data, connection);
    const close = async (): Promise<void> => {
      try {
        await answers['close']?.(undefined as never, new AbortController().signal);
      } finally {
        // Once the answer is on its way.
        setImmediate(() => port.close());
      }
    };
    connection.serve({ ...answers, close });
  } catch (error) {
    connection.refuse(error);
  }
};

import { parentPort, workerData } from 'node:worker_threads';
import { Connection, type Answers, type Remote } from './connection.ts';

/**
 * In a thread: answers what whoever started it calls, until that closes it. `answersOf` gets what can
 * be called of the starter, and the data it was started with; what it throws rejects all calls. An
 * answer `close` is the last one: after it nothing may keep the thread alive.
 */
export const serveThread = <Starter extends Answers, Data>(
  answersOf: (starter: Remote<Starter>, data: Data) => Answers,
): void => {
  const port = parentPort;
  if (port === null) throw new Error('This runs as a worker thread only.');
  const connection = new Connection<Starter>(port);
  try {
    const answers = answersOf(connection, workerData as Data);
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

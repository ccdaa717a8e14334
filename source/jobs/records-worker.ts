/** The thread that writes records.db during an import, so that reading and writing use a core each. */
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { openRecords } from '../store/records/open-records.ts';
import { removeSource } from '../store/records/remove-source.ts';
import { SourceIntake } from '../store/records/source-intake.ts';
import type { FromRecordsWorker, RecordsOrder, ToRecordsWorker } from './import/writer-messages.ts';

/**
 * Rows written in one transaction, and the longest time between two of them. The first are to be
 * seen soon; after that, each transaction writes the pages of all trees once more.
 */
const FIRST_ROWS = 10_000;
const BATCH_ROWS = 100_000;
const BATCH_MS = 3000;

/** Takes messages one after the other, and knows when a transaction has become large enough. */
class RecordsThread {
  readonly #db: DatabaseSync;
  #intake: SourceIntake;
  #batchRows = 0;
  #dueRows = FIRST_ROWS;
  #batchStart = performance.now();

  constructor({ path, use }: RecordsOrder) {
    this.#db = openRecords(path, use);
    this.#intake = new SourceIntake(this.#db);
  }

  #flushWhenDue(): boolean {
    if (this.#batchRows < this.#dueRows && performance.now() - this.#batchStart < BATCH_MS) {
      return false;
    }
    this.#intake.flush();
    this.#batchRows = 0;
    this.#dueRows = BATCH_ROWS;
    this.#batchStart = performance.now();
    return true;
  }

  answer(message: ToRecordsWorker): unknown {
    switch (message.say) {
      case 'begin':
        this.#batchStart = performance.now();
        this.#dueRows = FIRST_ROWS;
        return this.#intake.begin(message.file, message.kept, message.path);
      case 'take':
        this.#intake.takePacked(message.packed);
        this.#batchRows += message.packed.rows;
        return this.#flushWhenDue();
      case 'end':
        this.#batchRows = 0;
        return this.#intake.end(message.sha256, message.kind, message.layout);
      case 'takeAway':
        // What was taken but not flushed goes with the transaction; numbers are no longer good then.
        this.#intake.abandon();
        removeSource(this.#db, message.source);
        this.#intake = new SourceIntake(this.#db);
        this.#batchRows = 0;
        return null;
      case 'close':
        this.#intake.abandon();
        this.#db.close();
        return null;
    }
  }
}

const port = parentPort;
if (port === null) throw new Error('records-worker runs as a worker thread only');

const thread = new RecordsThread(workerData as RecordsOrder);
const post = (message: FromRecordsWorker): void => port.postMessage(message);

port.on('message', (message: ToRecordsWorker & { readonly id: number }) => {
  try {
    post({ id: message.id, value: thread.answer(message) });
  } catch (error) {
    post({ id: message.id, error });
  }
  if (message.say === 'close') port.close();
});

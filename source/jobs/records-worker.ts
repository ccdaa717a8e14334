/** The thread that writes records.db during an import, so that reading and writing use a core each. */
import { parentPort, workerData } from 'node:worker_threads';
import { openRecords } from '../store/records/open-records.ts';
import { removeSource } from '../store/records/remove-source.ts';
import { SourceIntake } from '../store/records/source-intake.ts';
import type { FromRecordsWorker, RecordsOrder, ToRecordsWorker } from './import/writer-messages.ts';

/** Rows written in one transaction, and the longest time between two of them. */
const BATCH_ROWS = 25_000;
const BATCH_MS = 1500;

const port = parentPort;
if (port === null) throw new Error('records-worker runs as a worker thread only');

const db = openRecords((workerData as RecordsOrder).path, 'write');
let intake = new SourceIntake(db);
let batchRows = 0;
let batchStart = performance.now();

const flushWhenDue = (): boolean => {
  if (batchRows < BATCH_ROWS && performance.now() - batchStart < BATCH_MS) return false;
  intake.flush();
  batchRows = 0;
  batchStart = performance.now();
  return true;
};

const answer = (message: ToRecordsWorker): unknown => {
  switch (message.say) {
    case 'begin':
      batchStart = performance.now();
      return intake.begin(message.file, message.kept, message.path);
    case 'take':
      intake.takePacked(message.packed);
      batchRows += message.packed.rows;
      return flushWhenDue();
    case 'end':
      batchRows = 0;
      return intake.end(message.sha256, message.kind, message.layout);
    case 'takeAway':
      // What was taken but not flushed goes with the transaction; the numbers are no longer good then.
      intake.abandon();
      removeSource(db, message.source);
      intake = new SourceIntake(db);
      return null;
    case 'close':
      intake.abandon();
      db.close();
      return null;
  }
};

const post = (message: FromRecordsWorker): void => port.postMessage(message);

port.on('message', (message: ToRecordsWorker & { readonly id: number }) => {
  try {
    post({ id: message.id, value: answer(message) });
  } catch (error) {
    post({ id: message.id, error });
  }
  if (message.say === 'close') port.close();
});

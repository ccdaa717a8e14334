import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { HashNumbers } from './hash-numbers.ts';
import { SeenHashes } from './seen-hashes.ts';

/** What is there already, by hashes: whether something may be, and under which number. */
export class KnownHashes {
  readonly numbers = new HashNumbers();
  /** Asked first: most of what comes is new, and this fits into a processor's cache. */
  readonly #seen = new SeenHashes();

  mayHold(hash: number): boolean {
    return this.#seen.mayHold(hash);
  }

  add(hash: number, number: number): void {
    this.#seen.add(hash);
    this.numbers.add(hash, number);
  }
}

const filled = (
  rows: Iterable<Record<string, SQLOutputValue>>,
  hashOf: (row: Record<string, SQLOutputValue>) => number,
): KnownHashes => {
  const known = new KnownHashes();
  for (const row of rows) {
    known.add(hashOf(row), Number(row['number']));
    if (known.numbers.full) known.numbers.giveUp();
  }
  return known;
};

/** The records that are there, by the hash of their ids; of variants the first. */
export const recordHashes = (db: DatabaseSync): KnownHashes =>
  filled(
    db.prepare('SELECT record AS number, hash FROM records WHERE anchor IS NULL').iterate(),
    (row) => Number(row['hash']),
  );

/** One mail stands in the mailboxes of many: the hash of its id alone would say seen for all. */
export const messageHash = (hash: number, mailbox: number): number =>
  (hash + mailbox * 0x9e37_79b1) % Number.MAX_SAFE_INTEGER;

/** The messages that are there, by `messageHash`. */
export const messageHashes = (db: DatabaseSync): KnownHashes =>
  filled(db.prepare('SELECT message AS number, hash, mailbox FROM messages').iterate(), (row) =>
    messageHash(Number(row['hash']), Number(row['mailbox'])),
  );

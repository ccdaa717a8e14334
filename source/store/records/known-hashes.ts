import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { HashNumbers } from './hash-numbers.ts';
import { idHash } from './keys.ts';

/** 2^24 bits, 2 MiB: with two million ids, one lookup in twenty is made in vain. */
const BITS = 0x100_0000;

/** A Bloom filter over `idHash`: what it does not hold was never added, and need not be looked for. */
export class SeenHashes {
  readonly #words = new Uint32Array(BITS / 32);

  add(hash: number): void {
    this.#set(hash % BITS);
    this.#set(Math.floor(hash / BITS) % BITS);
  }

  mayHold(hash: number): boolean {
    return this.#isSet(hash % BITS) && this.#isSet(Math.floor(hash / BITS) % BITS);
  }

  #set(bit: number): void {
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #isSet(bit: number): boolean {
    return (((this.#words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  }
}

/** Filled with the `traceKey` of all that has metadata. */
export const tracedHashes = (db: DatabaseSync): SeenHashes => {
  const seen = new SeenHashes();
  for (const row of db.prepare('SELECT message_id FROM traces').iterate()) {
    seen.add(idHash(row['message_id'] as string));
  }
  return seen;
};

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

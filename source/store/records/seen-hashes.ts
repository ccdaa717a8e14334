import type { DatabaseSync } from 'node:sqlite';
import { idHash } from './keys.ts';

/** 2^24 bits, 2 MiB: with two million ids, one look-up in twenty is made in vain. */
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

/** Filled with the ids of the records that are there already. */
export const seenRecords = (db: DatabaseSync): SeenHashes => {
  const seen = new SeenHashes();
  for (const row of db.prepare('SELECT hash FROM records').iterate()) seen.add(Number(row['hash']));
  return seen;
};

/** One mail stands in the mailboxes of many: the hash of its id alone would say seen for all. */
export const messageHash = (hash: number, mailbox: number): number =>
  (hash + mailbox * 0x9e37_79b1) % Number.MAX_SAFE_INTEGER;

/** Filled with the messages that are there already. */
export const seenMessages = (db: DatabaseSync): SeenHashes => {
  const seen = new SeenHashes();
  for (const row of db.prepare('SELECT hash, mailbox FROM messages').iterate()) {
    seen.add(messageHash(Number(row['hash']), Number(row['mailbox'])));
  }
  return seen;
};

/** Filled with the `traceKey` of all that has metadata. */
export const tracedHashes = (db: DatabaseSync): SeenHashes => {
  const seen = new SeenHashes();
  for (const row of db.prepare('SELECT message_id FROM traces').iterate()) {
    seen.add(idHash(row['message_id'] as string));
  }
  return seen;
};

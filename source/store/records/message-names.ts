import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AccessedItem } from '../../domain/records/audit-record.ts';
import { itemTraceKey } from '../../domain/lookups/trace.ts';
import type { HashNumbers } from './hash-numbers.ts';
import { idHash } from './keys.ts';
import {
  type KnownHashes,
  messageHash,
  messageHashes,
  type SeenHashes,
  tracedHashes,
} from './known-hashes.ts';
import { KnownLookups } from './known-lookups.ts';
import { COPIES_PER_MESSAGE, copyNumber } from './packed-content.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

/** Whether an item is the message as it was seen first: folder, item id, immutable id, size. */
const IS_FIRST = `first_copy = 1 AND first_folder IS ? AND first_item IS ? AND first_immutable IS ?
  AND first_size IS ?`;
const FOUND = `SELECT message, first_copy, ${IS_FIRST} AS first FROM messages`;

const sql = {
  identified: `${FOUND} WHERE hash = ? AND mailbox = ? AND message_id = ?`,
  unidentified: `${FOUND} WHERE hash = ? AND mailbox = ? AND message_id IS NULL AND item_id = ?`,
  isIdentified: `${FOUND} WHERE message = ? AND mailbox = ? AND message_id = ?`,
  isUnidentified: `${FOUND} WHERE message = ? AND mailbox = ? AND message_id IS NULL AND item_id = ?`,
  add: `INSERT INTO messages (message, mailbox, hash, message_id, item_id, traced, lookup_end, first_copy,
    first_folder, first_item, first_immutable, first_size) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  traced: 'SELECT 1 FROM traces WHERE message_id = ?',
  // The one that is alike, and the last of them; null where there is none.
  further: `SELECT max(ordinal) AS last, max(CASE WHEN folder IS ? AND item_id IS ?
    AND immutable_id IS ? AND size IS ? THEN ordinal END) AS alike FROM further_copies WHERE message = ?`,
  addCopy: `INSERT INTO further_copies (message, ordinal, folder, item_id, immutable_id, size)
    VALUES (?, ?, ?, ?, ?, ?)`,
  next: 'SELECT coalesce(max(message), 0) + 1 AS next FROM messages',
} as const;

type Found = ReturnType<StatementSync['get']>;
type Statements = Prepared<typeof sql>;

/**
 * Numbers for messages and for the ways each was seen. Nothing of a message is kept in memory but a
 * hash: the database compares faster than texts held for it would be collected as garbage. Only one
 * program may write at a time.
 */
export class MessageNames {
  readonly #statements: Statements;
  readonly #known: KnownHashes;
  readonly #traced: SeenHashes;
  readonly #expected = new Set<string>();
  readonly #lookups: KnownLookups;
  #next: number;

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
    this.#known = messageHashes(db);
    this.#traced = tracedHashes(db);
    this.#lookups = new KnownLookups(db);
    this.#next = Number(this.#statements.next.get()?.['next']);
  }

  /** Messages by the hash of what names them. */
  get numbers(): HashNumbers {
    return this.#known.numbers;
  }

  /**
   * What has this `traceKey` will have metadata when the batch is written, so a message that comes
   * before need not be changed then: it would be one more page of the file each.
   */
  expectTraced(key: string): void {
    this.#traced.add(idHash(key));
    this.#expected.add(key);
  }

  /** What was expected is written. */
  forgetExpected(): void {
    this.#expected.clear();
  }

  /**
   * Number of the copy of a message (`copyNumber`) that an item is: the message, as seen in this
   * folder (null: unnamed).
   */
  copy(mailbox: number, item: AccessedItem, folder: number | null): number {
    const hash = idHash(item.internetMessageId ?? item.itemId ?? '');
    const found = this.#find(mailbox, hash, item, folder);
    if (found === undefined) return copyNumber(this.#add(mailbox, hash, item, folder), 0);
    const message = Number(found['message']);
    if (found['first'] === 1) return copyNumber(message, 0);
    // Where the first copy went away with its source, its place is free.
    return this.#furtherCopy(message, found['first_copy'] === 1 ? 1 : 0, item, folder);
  }

  /** `free`: the first ordinal that may be used. */
  #furtherCopy(message: number, free: number, item: AccessedItem, folder: number | null): number {
    const { itemId, immutableId, sizeInBytes: size } = item;
    const { further, addCopy } = this.#statements;
    const known = further.get(folder, itemId, immutableId, size, message);
    const alike = known?.['alike'] ?? null;
    if (alike !== null) return copyNumber(message, Number(alike));
    const ordinal = Math.max(free, Number(known?.['last'] ?? -1) + 1);
    // Nobody sees one message in 65,536 ways; who makes it look so still gets each access counted.
    if (ordinal >= COPIES_PER_MESSAGE) return copyNumber(message, ordinal - 1);
    addCopy.run(message, ordinal, folder, itemId, immutableId, size);
    return copyNumber(message, ordinal);
  }

  #find(mailbox: number, hash: number, item: AccessedItem, folder: number | null): Found {
    const known = messageHash(hash, mailbox);
    if (!this.#known.mayHold(known)) return undefined;
    const { internetMessageId: id, itemId, immutableId, sizeInBytes: size } = item;
    const { identified, unidentified, isIdentified, isUnidentified } = this.#statements;
    const { numbers } = this.#known;
    const name = id ?? itemId ?? '';
    if (!numbers.complete) {
      const find = id === null ? unidentified : identified;
      return find.get(folder, itemId, immutableId, size, hash, mailbox, name);
    }
    const find = id === null ? isUnidentified : isIdentified;
    for (let slot = numbers.first(known); slot >= 0; slot = numbers.next(slot, known)) {
      const message = numbers.number(slot);
      const found = find.get(folder, itemId, immutableId, size, message, mailbox, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #isTraced(hash: number, { internetMessageId: id, itemId }: AccessedItem): boolean {
    const key = id ?? itemTraceKey(itemId ?? '');
    const mayBe = this.#traced.mayHold(id === null ? idHash(key) : hash);
    if (!mayBe) return false;
    return this.#expected.has(key) || this.#statements.traced.get(key) !== undefined;
  }

  #add(mailbox: number, hash: number, item: AccessedItem, folder: number | null): number {
    const { internetMessageId: id, itemId, immutableId, sizeInBytes } = item;
    const traced = this.#isTraced(hash, item);
    const message = this.#next++;
    this.#known.add(messageHash(hash, mailbox), message);
    const known = id === null ? itemId : null;
    this.#statements.add.run(
      message,
      mailbox,
      hash,
      id,
      known,
      traced ? 1 : 0,
      this.#lookups.endOf(hash, mailbox, item),
      folder,
      itemId,
      immutableId,
      sizeInBytes,
    );
    return message;
  }
}

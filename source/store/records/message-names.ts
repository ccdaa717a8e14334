import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AccessedItem } from '../../domain/audit-record.ts';
import { itemTraceKey } from '../../domain/trace.ts';
import { idHash } from './keys.ts';
import { KnownLookups } from './known-lookups.ts';
import { COPIES_PER_MESSAGE, copyNumber } from './packed-content.ts';
import { Recent } from './recent.ts';
import { messageHash, seenMessages, type SeenHashes, tracedHashes } from './seen-hashes.ts';

/** Messages remembered in each of two generations: some 40 MiB in all. */
const REMEMBERED = 60_000;

/** One way a message was seen; most have one, so a list is lighter than a map. */
interface CopyEntry {
  readonly folder: number | null;
  readonly itemId: string | null;
  readonly immutableId: string | null;
  readonly size: number | null;
  readonly ordinal: number;
  readonly next: CopyEntry | null;
}

interface MessageEntry {
  readonly message: number;
  /** Highest ordinal first. */
  copies: CopyEntry | null;
}

const sql = {
  identified: 'SELECT message FROM messages WHERE hash = ? AND mailbox = ? AND message_id = ?',
  unidentified: `SELECT message FROM messages WHERE hash = ? AND mailbox = ? AND message_id IS NULL
    AND item_id = ?`,
  add: `INSERT INTO messages (message, mailbox, hash, message_id, item_id, traced, lookup_end, first_copy,
    first_folder, first_item, first_immutable, first_size) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  traced: 'SELECT 1 FROM traces WHERE message_id = ?',
  copies: `SELECT ordinal, folder, item_id, immutable_id, size FROM copies WHERE message = ?
    ORDER BY ordinal`,
  addCopy: `INSERT INTO further_copies (message, ordinal, folder, item_id, immutable_id, size)
    VALUES (?, ?, ?, ?, ?, ?)`,
  next: 'SELECT coalesce(max(message), 0) + 1 AS next FROM messages',
} as const;

type Statements = { readonly [name in keyof typeof sql]: StatementSync };

/** Numbers for messages and for the ways each was seen. Only one program may write at a time. */
export class MessageNames {
  readonly #statements: Statements;
  readonly #entries = new Recent<MessageEntry>(REMEMBERED);
  /** Most messages are new: they need not be looked for. */
  readonly #seen: SeenHashes;
  readonly #traced: SeenHashes;
  readonly #lookups: KnownLookups;
  #next: number;

  constructor(db: DatabaseSync) {
    this.#statements = Object.fromEntries(
      Object.entries(sql).map(([name, text]) => [name, db.prepare(text)]),
    ) as Statements;
    this.#seen = seenMessages(db);
    this.#traced = tracedHashes(db);
    this.#lookups = new KnownLookups(db);
    this.#next = Number(this.#statements.next.get()?.['next']);
  }

  /** Numbers went away: those remembered are no longer good. */
  forget(): void {
    this.#entries.clear();
  }

  /** What has this `traceKey` has metadata from now on. */
  noteTraced(key: string): void {
    this.#traced.add(idHash(key));
  }

  /**
   * Number of the copy of a message (`copyNumber`) that an item is: the message, as seen in this
   * folder (null: unnamed).
   */
  copy(mailbox: number, item: AccessedItem, folder: number | null): number {
    const { internetMessageId, itemId, immutableId, sizeInBytes: size } = item;
    const name = internetMessageId ?? itemId ?? '';
    // Item ids are names of their own: what a sender calls a message may look like one.
    const group = internetMessageId === null ? -mailbox : mailbox;
    const cached = this.#entries.get(group, name);
    if (cached !== undefined) return this.#copyOf(cached, item, folder);
    const hash = idHash(name);
    const stored = this.#find(mailbox, hash, item);
    const entry = stored ?? {
      message: this.#add(mailbox, hash, item, folder),
      copies: { folder, itemId, immutableId, size, ordinal: 0, next: null },
    };
    this.#entries.set(group, name, entry);
    return stored === null ? copyNumber(entry.message, 0) : this.#copyOf(stored, item, folder);
  }

  #copyOf(entry: MessageEntry, item: AccessedItem, folder: number | null): number {
    const { itemId, immutableId, sizeInBytes: size } = item;
    for (let copy: CopyEntry | null = entry.copies; copy !== null; copy = copy.next) {
      if (
        copy.folder === folder &&
        copy.itemId === itemId &&
        copy.size === size &&
        copy.immutableId === immutableId
      )
        return copyNumber(entry.message, copy.ordinal);
    }
    const ordinal = (entry.copies?.ordinal ?? -1) + 1;
    // Nobody sees one message in 65,536 ways; who makes it look so still gets each access counted.
    if (ordinal >= COPIES_PER_MESSAGE) return copyNumber(entry.message, ordinal - 1);
    this.#statements.addCopy.run(entry.message, ordinal, folder, itemId, immutableId, size);
    entry.copies = { folder, itemId, immutableId, size, ordinal, next: entry.copies };
    return copyNumber(entry.message, ordinal);
  }

  #find(mailbox: number, hash: number, item: AccessedItem): MessageEntry | null {
    if (!this.#seen.mayHold(messageHash(hash, mailbox))) return null;
    const { identified, unidentified } = this.#statements;
    const found =
      item.internetMessageId === null
        ? unidentified.get(hash, mailbox, item.itemId ?? '')
        : identified.get(hash, mailbox, item.internetMessageId);
    if (found === undefined) return null;
    const entry: MessageEntry = { message: Number(found['message']), copies: null };
    for (const copy of this.#statements.copies.all(entry.message)) {
      entry.copies = {
        folder: copy['folder'] as number | null,
        itemId: copy['item_id'] as string | null,
        immutableId: copy['immutable_id'] as string | null,
        size: copy['size'] as number | null,
        ordinal: Number(copy['ordinal']),
        next: entry.copies,
      };
    }
    return entry;
  }

  #isTraced(hash: number, { internetMessageId: id, itemId }: AccessedItem): boolean {
    const key = id ?? itemTraceKey(itemId ?? '');
    const mayBe = this.#traced.mayHold(id === null ? idHash(key) : hash);
    return mayBe && this.#statements.traced.get(key) !== undefined;
  }

  #add(mailbox: number, hash: number, item: AccessedItem, folder: number | null): number {
    const { internetMessageId: id, itemId, immutableId, sizeInBytes } = item;
    this.#seen.add(messageHash(hash, mailbox));
    const traced = this.#isTraced(hash, item);
    const message = this.#next++;
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

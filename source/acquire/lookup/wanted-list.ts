import { itemTraceKey } from '../../domain/lookups/trace.ts';
import { type WantedMessage, wantedKey } from '../../domain/lookups/wanted-message.ts';
import { toIso, toMs } from '../../store/records/record-time.ts';
import { GrowingNumbers } from './numbers.ts';
import { Texts } from './texts.ts';

type Named = Pick<WantedMessage, 'mailbox' | 'messageId' | 'itemId'>;
type Whose = Pick<WantedMessage, 'mailbox' | 'guid' | 'owner'>;
type Item = Pick<WantedMessage, 'itemId' | 'itemIds' | 'immutableIds'>;

const FIRST = 1024;
const NO_ITEM: Item = { itemId: null, itemIds: [], immutableIds: [] };

/**
 * Messages to look up, each once however often it is wanted, by numbers from 0 on. A hundred thousand
 * of them are no objects: one is made when it is looked at.
 */
export class WantedList {
  /** The number of its mailbox and what names it there. */
  readonly #names = new Texts();
  readonly #mailboxes: Whose[] = [];
  readonly #mailboxNumbers = new Map<string | null, number>();
  readonly #mailboxOf = new GrowingNumbers(new Int32Array(FIRST));
  /** Epoch milliseconds; NaN: none. */
  readonly #firstAccess = new GrowingNumbers(new Float64Array(FIRST));
  /** Those without a message id, which are few. */
  readonly #items = new Map<number, Item>();

  add(message: WantedMessage): number {
    const mailbox = this.#mailboxNumber(message);
    const before = this.#names.length;
    const number = this.#names.add(nameIn(mailbox, message));
    if (number < before) return number;
    const { firstAccess, messageId, itemId, itemIds, immutableIds } = message;
    this.#mailboxOf.set(number, mailbox);
    this.#firstAccess.set(number, firstAccess === null ? Number.NaN : toMs(firstAccess));
    if (messageId === null) this.#items.set(number, { itemId, itemIds, immutableIds });
    return number;
  }

  /** -1: it was never added. */
  find(named: Named): number {
    const mailbox = this.#mailboxNumbers.get(named.mailbox);
    return mailbox === undefined ? -1 : this.#names.find(nameIn(mailbox, named));
  }

  at(number: number): WantedMessage {
    const mailbox = this.#mailboxOf.get(number);
    const { mailbox: ident = null, guid = null, owner = null } = this.#mailboxes[mailbox] ?? {};
    const item = this.#items.get(number);
    const name = this.#names.at(number);
    const { itemId, itemIds, immutableIds } = item ?? NO_ITEM;
    const first = this.#firstAccess.get(number);
    return {
      ...{ mailbox: ident, guid, owner, itemId, itemIds, immutableIds },
      messageId: item === undefined ? name.slice(name.indexOf(' ') + 1) : null,
      firstAccess: Number.isNaN(first) ? null : toIso(first),
    };
  }

  #mailboxNumber({ mailbox, guid, owner }: Whose): number {
    const number = this.#mailboxNumbers.get(mailbox) ?? this.#mailboxes.length;
    this.#mailboxNumbers.set(mailbox, number);
    // Owners get renamed: the last name holds.
    this.#mailboxes[number] = { mailbox, guid, owner };
    return number;
  }

  mailboxOf(number: number): number {
    return this.#mailboxOf.get(number);
  }
}

const nameIn = (mailbox: number, { messageId, itemId }: Named): string =>
  `${mailbox} ${messageId ?? itemTraceKey(itemId ?? '')}`;

/** Some messages of a list in an order, made one by one as they are walked; there may be a hundred thousand. */
export class MessageQueue implements Iterable<WantedMessage> {
  readonly #list: WantedList;
  readonly #numbers: readonly number[];

  constructor(list: WantedList, numbers: readonly number[]) {
    this.#list = list;
    this.#numbers = numbers;
  }

  get length(): number {
    return this.#numbers.length;
  }

  *[Symbol.iterator](): Generator<WantedMessage> {
    for (const number of this.#numbers) yield this.#list.at(number);
  }

  /** The first of them, so many at the most. */
  head(most: number): readonly WantedMessage[] {
    return this.#numbers.slice(0, most).map((number) => this.#list.at(number));
  }

  /** All of them, so many at a time. */
  *inPieces(size: number): Generator<readonly WantedMessage[]> {
    for (let at = 0; at < this.#numbers.length; at += size)
      yield this.#numbers.slice(at, at + size).map((number) => this.#list.at(number));
  }

  /** Which of these are among them; by `wantedKey`. */
  among(keys: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set<string>();
    if (keys.size === 0) return found;
    for (const message of this) {
      const key = wantedKey(message);
      if (keys.has(key)) found.add(key);
      if (found.size === keys.size) break;
    }
    return found;
  }

  /** By mailbox, in the order of the first of each. */
  byMailbox(): readonly MessageQueue[] {
    const found = new Map<number, number[]>();
    for (const number of this.#numbers) {
      const mailbox = this.#list.mailboxOf(number);
      const of = found.get(mailbox) ?? [];
      found.set(mailbox, of);
      of.push(number);
    }
    return [...found.values()].map((numbers) => new MessageQueue(this.#list, numbers));
  }
}

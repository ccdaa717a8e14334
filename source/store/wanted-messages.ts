import { DatabaseSync } from 'node:sqlite';
import type { LookedUpMessage, LookupService } from '../domain/lookups/lookup.ts';
import { itemTraceKey } from '../domain/lookups/trace.ts';
import type { WantedMessage } from '../domain/lookups/wanted-message.ts';
import { prepareAll, type Prepared } from './prepared.ts';
import { toIso, toMs } from './records/record-time.ts';

/** How a service's last lookup of a message ended. */
export interface KnownEnd extends Pick<LookedUpMessage, 'end' | 'how'> {
  /** In this run: a failure is not tried a second time in it. */
  readonly now: boolean;
}

type Named = Pick<WantedMessage, 'mailbox' | 'messageId' | 'itemId'>;
type Whose = Pick<WantedMessage, 'mailbox' | 'guid' | 'owner'>;
type Item = Pick<WantedMessage, 'itemId' | 'itemIds' | 'immutableIds'>;
type Row = Readonly<Record<string, unknown>>;

const NO_ITEM: Item = { itemId: null, itemIds: [], immutableIds: [] };
/** Messages read at once. */
const PAGE = 1000;

/**
 * `item`: what else names a message without a message id. `position`: in what is wanted now; `queued`:
 * in the queue, the same position, which stays when others are wanted. Ends: a `KnownEnd`; null: not
 * looked at.
 */
const TABLE = `CREATE TABLE wanted (
    message INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, name TEXT NOT NULL, item TEXT, first INTEGER,
    position INTEGER, queued INTEGER, found INTEGER NOT NULL DEFAULT 0, trace_end TEXT, mailbox_end TEXT,
    UNIQUE (mailbox, name));
  CREATE INDEX wanted_position ON wanted (position) WHERE position IS NOT NULL;
  CREATE INDEX wanted_queued ON wanted (queued) WHERE queued IS NOT NULL;
  CREATE INDEX wanted_queued_of ON wanted (mailbox, queued) WHERE queued IS NOT NULL;`;

const sql = {
  add: `INSERT INTO wanted (mailbox, name, item, first, position) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET position = excluded.position WHERE position IS NULL`,
  clear: 'UPDATE wanted SET position = NULL WHERE position IS NOT NULL',
  wanted: 'SELECT * FROM wanted WHERE position > ? ORDER BY position LIMIT ?',
  found: 'UPDATE wanted SET found = 1 WHERE message = ?',
  messageTrace: 'UPDATE wanted SET trace_end = ? WHERE message = ?',
  mailbox: 'UPDATE wanted SET mailbox_end = ? WHERE message = ?',
  find: 'SELECT message FROM wanted WHERE mailbox = ? AND name = ?',
  isQueued: 'SELECT 1 FROM wanted WHERE mailbox = ? AND name = ? AND queued IS NOT NULL',
  empty: 'UPDATE wanted SET queued = NULL WHERE queued IS NOT NULL',
  queue: 'UPDATE wanted SET queued = position WHERE message = ?',
  leave: 'UPDATE wanted SET queued = NULL WHERE message = ?',
  length: 'SELECT count(*) AS length FROM wanted WHERE queued IS NOT NULL',
  queued: 'SELECT * FROM wanted WHERE queued > ? ORDER BY queued LIMIT ?',
  queuedOf: 'SELECT * FROM wanted WHERE mailbox = ? AND queued > ? ORDER BY queued LIMIT ?',
  mailboxes: `SELECT mailbox FROM wanted WHERE queued IS NOT NULL GROUP BY mailbox ORDER BY min(queued)`,
} as const;

const ENDS = { messageTrace: 'trace_end', mailbox: 'mailbox_end' } as const;

const keyIn = ({ messageId, itemId }: Named): string => messageId ?? itemTraceKey(itemId ?? '');

/** A message that is wanted now, and what was noted of it; an end that is undefined was not looked at. */
export interface WantedRow {
  readonly row: number;
  readonly message: WantedMessage;
  readonly found: boolean;
  readonly ends: Readonly<Record<LookupService, KnownEnd | null | undefined>>;
}

/** Messages to ask about, in their order; noted meanwhile they leave it, which does no harm to a loop. */
export interface MessageGroup extends Iterable<WantedMessage> {
  /** The first of them, so many at the most. */
  readonly head: (most: number) => readonly WantedMessage[];
  /** All of them, so many at a time. */
  readonly inPieces: (size: number) => Iterable<readonly WantedMessage[]>;
}

/** Of all mailboxes. */
export interface MessageQueue extends MessageGroup {
  readonly length: number;
  readonly has: (named: Named) => boolean;
  /** In the order of the first of each. */
  readonly byMailbox: () => readonly MessageGroup[];
}

/** Pages of rows in the order of a column, each read behind the one before. */
function* pagesBy(
  column: 'position' | 'queued',
  read: (after: number) => readonly Row[],
): Generator<readonly Row[]> {
  for (let after = 0; ;) {
    const rows = read(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = Number(last[column]);
  }
}

const endIn = (row: Row, service: LookupService): KnownEnd | null | undefined => {
  const text = row[ENDS[service]];
  return typeof text === 'string' ? (JSON.parse(text) as KnownEnd | null) : undefined;
};

/**
 * Messages to look up, each once however often it is wanted, in a table of their own: there may be a
 * hundred thousand, and records.db may be replaced meanwhile. One is made when it is looked at.
 */
export class WantedMessages implements Disposable {
  readonly #db = new DatabaseSync(':memory:');
  readonly #statements: Prepared<typeof sql>;
  readonly #mailboxes: Whose[] = [];
  readonly #mailboxNumbers = new Map<string | null, number>();
  #length = 0;

  constructor() {
    // Nothing is ever rolled back, and one transaction for all spares each statement its own.
    this.#db.exec(`PRAGMA journal_mode = OFF; ${TABLE} BEGIN;`);
    this.#statements = prepareAll(this.#db, sql);
  }

  /** How many are wanted now. */
  get length(): number {
    return this.#length;
  }

  /** Behind those that are wanted now; false: it is one of them. */
  add(message: WantedMessage): boolean {
    const { firstAccess, messageId, itemId, itemIds, immutableIds } = message;
    const { changes } = this.#statements.add.run(
      this.#mailboxNumber(message),
      keyIn(message),
      messageId === null ? JSON.stringify({ itemId, itemIds, immutableIds }) : null,
      firstAccess === null ? null : toMs(firstAccess),
      this.#length + 1,
    );
    this.#length += Number(changes);
    return changes !== 0;
  }

  /** These are wanted instead, the most urgent first. The queue stays as it is. */
  replace(messages: Iterable<WantedMessage>): void {
    this.#statements.clear.run();
    this.#length = 0;
    for (const message of messages) this.add(message);
  }

  #mailboxNumber({ mailbox, guid, owner }: Whose): number {
    const number = this.#mailboxNumbers.get(mailbox) ?? this.#mailboxes.length;
    this.#mailboxNumbers.set(mailbox, number);
    // Owners get renamed: the last name holds.
    this.#mailboxes[number] = { mailbox, guid, owner };
    return number;
  }

  #message(row: Row): WantedMessage {
    const whose = this.#mailboxes[Number(row['mailbox'])];
    const { mailbox = null, guid = null, owner = null } = whose ?? {};
    const { item, name, first } = row;
    const ids = typeof item === 'string' ? (JSON.parse(item) as Item) : NO_ITEM;
    return {
      ...{ mailbox, guid, owner, messageId: item === null ? String(name) : null, ...ids },
      firstAccess: first === null ? null : toIso(Number(first)),
    };
  }

  /** Those that are wanted now, in their order; what is noted of them meanwhile does no harm. */
  *[Symbol.iterator](): Generator<WantedRow> {
    const page = (after: number): readonly Row[] => this.#statements.wanted.all(after, PAGE);
    for (const rows of pagesBy('position', page))
      for (const row of rows)
        yield {
          row: Number(row['message']),
          message: this.#message(row),
          found: row['found'] === 1,
          ends: { messageTrace: endIn(row, 'messageTrace'), mailbox: endIn(row, 'mailbox') },
        };
  }

  noteFound(row: number): void {
    this.#statements.found.run(row);
  }

  noteEnd(row: number, service: LookupService, end: KnownEnd | null): void {
    this.#statements[service].run(JSON.stringify(end), row);
  }

  /** A lookup that just ended: it leaves the queue. */
  noteLookup(lookup: LookedUpMessage): void {
    const { mailbox, service, end, how } = lookup;
    const number = this.#mailboxNumbers.get(mailbox) ?? -1;
    const found = this.#statements.find.get(number, keyIn(lookup));
    if (found === undefined) return;
    const row = Number(found['message']);
    if (end === 'found') this.noteFound(row);
    this.noteEnd(row, service, { end, how, now: true });
    this.#statements.leave.run(row);
  }

  /** Makes the queue anew, of those wanted now that `belongs` says. */
  queue(belongs: (row: WantedRow) => boolean): MessageQueue {
    const { empty, queue, queued, queuedOf, isQueued, length, mailboxes } = this.#statements;
    empty.run();
    for (const row of this) if (belongs(row)) queue.run(row.row);
    return {
      ...this.#pieces((after, most) => queued.all(after, most)),
      get length() {
        return Number(length.get()?.['length']);
      },
      has: (named) =>
        isQueued.get(this.#mailboxNumbers.get(named.mailbox) ?? -1, keyIn(named)) !== undefined,
      byMailbox: () =>
        mailboxes
          .all()
          .map(({ mailbox = null }) =>
            this.#pieces((after, most) => queuedOf.all(mailbox, after, most)),
          ),
    };
  }

  #pieces(read: (after: number, most: number) => readonly Row[]): MessageGroup {
    const message = (row: Row): WantedMessage => this.#message(row);
    function* inPieces(size: number): Generator<readonly WantedMessage[]> {
      for (const rows of pagesBy('queued', (after) => read(after, size))) yield rows.map(message);
    }
    return {
      head: (most) => (most > 0 ? read(0, most).map(message) : []),
      inPieces,
      *[Symbol.iterator]() {
        for (const piece of inPieces(PAGE)) yield* piece;
      },
    };
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

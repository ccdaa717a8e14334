import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';

/** Rows read at a time: all their values cross from SQLite in one, which takes a third of the time. */
const CHUNK = 8192;
/** Contexts read at a time; each may have many accesses. */
const CONTEXTS = 64;

const highest = (db: DatabaseSync, column: string, table: string): number =>
  Number(
    db.prepare(`SELECT coalesce(max(${column}), 0) AS highest FROM ${table}`).get()?.['highest'],
  );

/**
 * Columns of numbers out of a query with two `?`: from which key and up to which (exclusive).
 * Yields for each range of keys the columns' values side by side.
 */
function* columns(
  db: DatabaseSync,
  sql: string,
  names: readonly string[],
  last: number,
  step: number,
): Generator<readonly (readonly (number | null)[])[]> {
  const arrays = names.map((name, at) => `json_group_array(${name}) AS c${at}`).join(', ');
  const range = db.prepare(`SELECT ${arrays} ${sql}`);
  for (let from = 0; from <= last; from += step) {
    const row = range.get(from, from + step);
    yield names.map((_, at) => storedJson(row?.[`c${at}`]) as (number | null)[]);
  }
}

/** By message number. */
interface MessageFacts {
  readonly mailbox: Int32Array;
  readonly folder: Int32Array;
  readonly traced: Uint8Array;
  readonly withoutId: Uint8Array;
}

/**
 * What lists of messages are ordered and counted by, in memory by message number: some 18 bytes a
 * message instead of a look into four tables for each. Made when first asked for, and good until
 * records change.
 */
export class MessageColumns {
  readonly #db: DatabaseSync;
  /** Numbers of messages are below this. */
  readonly size: number;
  #last: Float64Array | null = null;
  #facts: MessageFacts | null = null;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.size = highest(db, 'message', 'messages') + 1;
  }

  /** Last access, epoch ms; -Infinity where there is none. */
  last(): Float64Array {
    if (this.#last !== null) return this.#last;
    const last = new Float64Array(this.size).fill(-Infinity);
    const ranges = columns(
      this.#db,
      'FROM accesses WHERE context >= ? AND context < ?',
      ['message', 'last'],
      highest(this.#db, 'context', 'contexts'),
      CONTEXTS,
    );
    for (const [messages = [], times = []] of ranges)
      for (const [at, message] of messages.entries())
        last[Number(message)] = Math.max(last[Number(message)] ?? -Infinity, Number(times[at]));
    return (this.#last = last);
  }

  #read(): MessageFacts {
    if (this.#facts !== null) return this.#facts;
    const mailbox = new Int32Array(this.size);
    const folder = new Int32Array(this.size).fill(-1);
    const traced = new Uint8Array(this.size);
    const withoutId = new Uint8Array(this.size);
    const ranges = columns(
      this.#db,
      'FROM messages WHERE message >= ? AND message < ?',
      ['message', 'mailbox', 'first_folder', 'traced', 'message_id IS NULL'],
      this.size,
      CHUNK,
    );
    for (const [messages = [], mailboxes = [], folders = [], traces = [], nameless = []] of ranges)
      for (const [at, message] of messages.entries()) {
        mailbox[Number(message)] = Number(mailboxes[at]);
        folder[Number(message)] = folders[at] ?? -1;
        traced[Number(message)] = Number(traces[at]);
        withoutId[Number(message)] = Number(nameless[at]);
      }
    return (this.#facts = { mailbox, folder, traced, withoutId });
  }

  mailbox(): Int32Array {
    return this.#read().mailbox;
  }

  /** 1 where there is metadata. */
  traced(): Uint8Array {
    return this.#read().traced;
  }

  /** 1 where there is no message id. */
  withoutId(): Uint8Array {
    return this.#read().withoutId;
  }

  /** The least rank of the folders that a message was seen in; 0: of none that has a rank. */
  folderRank(rankOf: (folder: number) => number): Int32Array {
    const least = new Int32Array(this.size);
    const note = (message: number, folder: number): void => {
      const rank = rankOf(folder);
      const known = least[message] ?? 0;
      if (rank > 0 && (known === 0 || rank < known)) least[message] = rank;
    };
    for (const [message, folder] of this.#read().folder.entries()) note(message, folder);
    const ranges = columns(
      this.#db,
      'FROM further_copies WHERE message >= ? AND message < ?',
      ['message', 'folder'],
      this.size,
      CHUNK,
    );
    for (const [messages = [], folders = []] of ranges)
      for (const [at, message] of messages.entries()) note(Number(message), folders[at] ?? -1);
    return least;
  }
}

/** Marks (1) the messages of a query that gives one number a row, in one row for each group of it. */
export const marked = (
  db: DatabaseSync,
  size: number,
  from: string,
  values: readonly SQLInputValue[],
): Uint8Array => {
  const found = new Uint8Array(size);
  const rows = db.prepare(
    `SELECT json_group_array(ac.message) AS messages ${from} GROUP BY ac.context`,
  );
  for (const row of rows.iterate(...values))
    for (const message of storedJson(row['messages']) as number[]) found[message] = 1;
  return found;
};

import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import { TRACE_KEY } from '../records/keys.ts';
import type { RowNumbers } from './lists.ts';
import type { MessageColumns } from './message-columns.ts';

export type KeptOrder = 'accessed' | 'sender' | 'subject' | 'folder' | 'class';

const TEXTS = { sender: 't.sender', subject: 't.subject' } as const;

/** Ranks of folders by name, from 1; the same for the same name. */
const folderRanks = (db: DatabaseSync): ReadonlyMap<number, number> => {
  const ranks = new Map<number, number>();
  const rows = db
    .prepare(
      `SELECT folder, coalesce(name, id) AS name FROM folders
      WHERE coalesce(name, id) IS NOT NULL ORDER BY 2`,
    )
    .all();
  let [rank, before] = [0, null as unknown];
  for (const { folder, name } of rows) {
    if (name !== before) rank += 1;
    before = name;
    ranks.set(Number(folder), rank);
  }
  return ranks;
};

/**
 * All messages of a case in the orders a list can have, four bytes a message and order: a list of
 * many of them is one of these, sifted. Good until records change.
 */
export class MessageOrders {
  readonly #db: DatabaseSync;
  readonly #columns: MessageColumns;
  readonly #orders = new Map<KeptOrder, RowNumbers>();

  constructor(db: DatabaseSync, columns: MessageColumns) {
    this.#db = db;
    this.#columns = columns;
  }

  has(order: KeptOrder): boolean {
    return this.#orders.has(order);
  }

  /** The same as `messageNumbers` of the whole case gives, but for class: that is `byClass`. */
  all(order: KeptOrder): RowNumbers {
    const known = this.#orders.get(order);
    if (known !== undefined) return known;
    const made = this.#make(order);
    this.#orders.set(order, made);
    return made;
  }

  #make(order: KeptOrder): RowNumbers {
    const last = this.#columns.last();
    const byLast = (a: number, b: number): number => (last[b] ?? 0) - (last[a] ?? 0);
    const latest = (a: number, b: number): number => byLast(a, b) || a - b;
    const everything = (): RowNumbers =>
      Int32Array.from(last.keys()).filter((message) => last[message] !== -Infinity);
    switch (order) {
      case 'accessed':
        return everything().sort((a, b) => byLast(a, b) || b - a);
      case 'class':
        return everything().sort(latest);
      case 'folder': {
        const ranks = folderRanks(this.#db);
        const rank = this.#columns.folderRank((folder) => ranks.get(folder) ?? 0);
        return everything().sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0) || latest(a, b));
      }
      case 'sender':
      case 'subject':
        return this.#byText(TEXTS[order], latest);
    }
  }

  /** SQLite puts the texts in order, and all messages with the same one in one row. */
  #byText(column: string, latest: (a: number, b: number) => number): RowNumbers {
    const last = this.#columns.last();
    const found = new Int32Array(this.#columns.size);
    let size = 0;
    // In the order of ids first, as the metadata is: else each look at it is one at another page.
    const rows = this.#db.prepare(
      `SELECT json_group_array(message) AS messages FROM (
        SELECT m.message, coalesce(lower(${column}), '\uffff') AS text FROM (
          SELECT m.message, ${TRACE_KEY} AS key FROM messages m WHERE m.traced = 1 ORDER BY key LIMIT -1) m
          CROSS JOIN traces t ON t.message_id = m.key
        UNION ALL SELECT message, '\uffff' FROM messages WHERE traced = 0)
      GROUP BY text ORDER BY text`,
    );
    for (const row of rows.iterate()) {
      const same = storedJson(row['messages']) as number[];
      for (const message of same.sort(latest))
        if (last[message] !== -Infinity) found[size++] = message;
    }
    return found.slice(0, size);
  }
}

/** A list in the order of class, each class in the order it had. */
export const byClass = (list: RowNumbers, classes: Uint8Array): RowNumbers => {
  const sorted = new Int32Array(list.length);
  let at = 0;
  for (const wanted of EXPOSURE_CLASSES.keys())
    for (const message of list) if (classes[message] === wanted) sorted[at++] = message;
  return sorted;
};

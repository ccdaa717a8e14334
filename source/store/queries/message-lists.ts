import type { DatabaseSync } from 'node:sqlite';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import { classColumn } from './class-sql.ts';
import { CONTEXT_JOINS } from './context-filter.ts';
import { contextsAsked, messageNumbers, type ContextScope, type RowNumbers } from './lists.ts';
import { marked, MessageColumns } from './message-columns.ts';
import { byClass, type KeptOrder, MessageOrders } from './message-orders.ts';
import { JUDGED } from './verdict-codes.ts';

/** A list of less than one message in so many is put in order by itself. */
const FEW = 8;
/** A list shorter than this is looked up row by row for its metadata. */
const SHORT = 5000;

/** Of a list of messages: how many have metadata, and how many have no message id. */
export interface ListCounts {
  readonly traced: number;
  readonly withoutId: number;
}

/**
 * Lists of messages of a case: small ones asked of SQLite, large ones sifted from all messages in
 * that order, which is kept. The answers are those of `messageNumbers`. Good until records change;
 * presumed_whole must be filled for the case where class matters.
 */
export class MessageLists {
  readonly #open: { readonly db: DatabaseSync };
  readonly #columns: MessageColumns;
  readonly #orders: MessageOrders;

  constructor(open: { readonly db: DatabaseSync }) {
    this.#open = open;
    this.#columns = new MessageColumns(open.db);
    this.#orders = new MessageOrders(open.db, this.#columns);
  }

  /** Asked for each time: that applies the decisions made since, and this object outlives them. */
  get #db(): DatabaseSync {
    return this.#open.db;
  }

  numbers(scope: ContextScope, filter: CaseFilter, order: KeptOrder): RowNumbers {
    const asked = contextsAsked(this.#db, scope, filter);
    if (asked !== null && !this.#orders.has(order)) {
      const most = this.#db
        .prepare(
          `SELECT total(c.messages) AS most FROM contexts c ${CONTEXT_JOINS} WHERE ${asked.where}`,
        )
        .get(...asked.values);
      if (Number(most?.['most']) * FEW < this.#columns.size)
        return messageNumbers(this.#db, scope, filter, order);
    }
    const all = this.#orders.all(order);
    const wanted =
      asked === null
        ? null
        : marked(
            this.#db,
            this.#columns.size,
            `FROM contexts c ${CONTEXT_JOINS} JOIN accesses ac ON ac.context = c.context WHERE ${asked.where}`,
            asked.values,
          );
    const sifted = wanted === null ? all : all.filter((message) => wanted[message] === 1);
    if (scope.of === 'malicious' && order === 'accessed') this.#sortByIntruder(sifted);
    return this.#classed(sifted, filter, order);
  }

  /** By the last access of a malicious context, the latest first, as `messageNumbers` does. */
  #sortByIntruder(list: RowNumbers): void {
    const last = new Float64Array(this.#columns.size).fill(-Infinity);
    const rows = this.#db.prepare(
      `SELECT json_group_array(json_array(a.message, a.last)) AS accesses FROM judged j
      JOIN accesses a ON a.context = j.context WHERE j.verdict = ${JUDGED.malicious} GROUP BY a.context`,
    );
    for (const row of rows.iterate())
      for (const [message, at] of JSON.parse(row['accesses'] as string) as [number, number][])
        last[message] = Math.max(last[message] ?? -Infinity, at);
    list.sort((a, b) => (last[b] ?? 0) - (last[a] ?? 0) || b - a);
  }

  #classed(list: RowNumbers, filter: CaseFilter, order: KeptOrder): RowNumbers {
    if (order !== 'class' && filter.class === undefined) return list;
    const classes = classColumn(this.#db, this.#columns);
    const kind = filter.class === undefined ? null : EXPOSURE_CLASSES.indexOf(filter.class);
    const sifted = kind === null ? list : list.filter((message) => classes[message] === kind);
    return order === 'class' ? byClass(sifted, classes) : sifted;
  }

  counts(list: RowNumbers): ListCounts {
    if (list.length < SHORT) {
      const row = this.#db
        .prepare(
          `SELECT total(traced) AS traced, total(message_id IS NULL) AS withoutId FROM messages
          WHERE message IN (SELECT value FROM json_each(?))`,
        )
        .get(JSON.stringify([...list]));
      return { traced: Number(row?.['traced']), withoutId: Number(row?.['withoutId']) };
    }
    const sum = (column: Uint8Array): number =>
      list.reduce((counted, message) => counted + (column[message] ?? 0), 0);
    return { traced: sum(this.#columns.traced()), withoutId: sum(this.#columns.withoutId()) };
  }
}

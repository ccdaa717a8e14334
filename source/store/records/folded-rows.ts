import type { DatabaseSync } from 'node:sqlite';
import { ROW_OUTCOME } from './schema.ts';
import type { RowPosition } from './occurrences.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

/** Ids that are written to before their entries are made: bounds memory. */
const MOST_UNSETTLED = 10_000;

const sqlOf = (table: string) => ({
  add: `INSERT INTO ${table} (id, outcome, source, line, start, length, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  rows: `SELECT rowid AS number, outcome, text FROM ${table} WHERE id = ? ORDER BY rowid`,
  setOutcome: `UPDATE ${table} SET outcome = ? WHERE rowid = ?`,
  idsOf: `SELECT DISTINCT id FROM ${table} WHERE source = ? LIMIT ?`,
  dropRows: `DELETE FROM ${table} WHERE source = ? AND id = ?`,
});

/** What entries of one log are, and how they are made from rows. */
export interface FoldedEntries<Entry> {
  /** Of the rows: `sign_in_rows`. */
  readonly table: string;
  readonly ofText: (text: string) => Entry;
  readonly fold: (rows: readonly Entry[]) => Entry;
  readonly contradicts: (row: Entry, folded: Entry) => boolean;
  readonly put: (entry: Entry) => void;
  readonly drop: (id: string) => void;
}

/** Takes rows in that have an id, and keeps the one entry of each id up to date. */
export class FoldedRows<Entry> {
  readonly #entries: FoldedEntries<Entry>;
  readonly #statements: Prepared<ReturnType<typeof sqlOf>>;
  readonly #unsettled = new Set<string>();

  constructor(db: DatabaseSync, entries: FoldedEntries<Entry>) {
    this.#entries = entries;
    this.#statements = prepareAll(db, sqlOf(entries.table));
  }

  take(id: string, text: string, { source, line, start, length }: RowPosition): void {
    this.#statements.add.run(id, ROW_OUTCOME.duplicate, source, line, start, length, text);
    this.#unsettled.add(id);
    if (this.#unsettled.size >= MOST_UNSETTLED) this.flush();
  }

  /** Drops rows of a source, at most those of so many ids; how many ids it were. */
  dropRows(source: number, most: number): number {
    const ids = this.#statements.idsOf.all(source, most).map((row) => row['id'] as string);
    for (const id of ids) {
      this.#statements.dropRows.run(source, id);
      this.#unsettled.add(id);
    }
    return ids.length;
  }

  /** Gives rows their outcomes and writes what they say together; inside the caller's transaction. */
  flush(): void {
    for (const id of this.#unsettled) this.#settle(id);
    this.#unsettled.clear();
  }

  /**
   * Outcomes follow from all rows of an id, so that they add up alike in any order: one is accepted,
   * those that say the same or less are duplicates, those that contradict are conflicts.
   */
  #settle(id: string): void {
    const { drop, put, fold, contradicts, ofText } = this.#entries;
    const rows = this.#statements.rows.all(id).map((row) => ({
      number: Number(row['number']),
      outcome: Number(row['outcome']),
      entry: ofText(row['text'] as string),
    }));
    if (rows.length === 0) {
      drop(id);
      return;
    }
    const folded = fold(rows.map(({ entry }) => entry));
    let accepted = false;
    for (const { number, outcome, entry } of rows) {
      const conflict = contradicts(entry, folded);
      const due = conflict
        ? ROW_OUTCOME.conflict
        : accepted
          ? ROW_OUTCOME.duplicate
          : ROW_OUTCOME.accepted;
      accepted ||= !conflict;
      if (due !== outcome) this.#statements.setOutcome.run(due, number);
    }
    put(folded);
  }
}

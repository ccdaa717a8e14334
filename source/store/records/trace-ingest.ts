import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import { foldTraces } from '../../domain/lookups/trace-fold.ts';
import { traceKey, type TraceRow } from '../../domain/lookups/trace.ts';
import { idHash, itemOfTraceKey } from './keys.ts';
import type { RecordNames } from './names.ts';
import type { RowPosition } from './occurrences.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  known: 'SELECT 1 FROM trace_rows WHERE message_id = ? AND ident = ? LIMIT 1',
  add: `INSERT INTO trace_rows (message_id, ident, source, line, start, length, text)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  rows: 'SELECT text FROM trace_rows WHERE message_id = ? ORDER BY ident',
  drop: 'DELETE FROM traces WHERE message_id = ?',
  mark: 'UPDATE messages SET traced = ? WHERE hash = ? AND message_id = ? AND traced <> ?',
  markItem: `UPDATE messages SET traced = ? WHERE hash = ? AND message_id IS NULL AND item_id = ?
    AND traced <> ?`,
  put: 'INSERT OR REPLACE INTO traces (message_id, source, subject, sender, received, text) VALUES (?, ?, ?, ?, ?, ?)',
} as const;

type Statements = Prepared<typeof sql>;

/**
 * Takes trace rows in and keeps the folded metadata of each message up to date; `message_id` of the
 * tables is a `traceKey`.
 */
export class TraceIngest {
  readonly #statements: Statements;
  readonly #names: RecordNames;
  readonly #unfolded = new Set<string>();

  constructor(db: DatabaseSync, names: RecordNames) {
    this.#names = names;
    this.#statements = prepareAll(db, sql);
  }

  /** True where the row says something no row before it said. */
  take(traces: readonly TraceRow[], position: RowPosition): boolean {
    let fresh = false;
    for (const trace of traces) {
      const text = JSON.stringify(trace);
      const ident = hash('sha256', text).slice(0, 16);
      const key = traceKey(trace);
      const known = this.#statements.known.get(key, ident) !== undefined;
      fresh ||= !known;
      const { source, line, start, length } = position;
      this.#statements.add.run(key, ident, source, line, start, length, text);
      if (known) continue;
      this.#unfolded.add(key);
      this.#names.messages.expectTraced(key);
    }
    return fresh;
  }

  /** Rows under this `traceKey` went away. */
  refold(key: string): void {
    this.#unfolded.add(key);
  }

  #mark(key: string, traced: boolean): void {
    const itemId = itemOfTraceKey(key);
    const { mark, markItem } = this.#statements;
    const value = traced ? 1 : 0;
    if (itemId === null) mark.run(value, idHash(key), key, value);
    else markItem.run(value, idHash(itemId), itemId, value);
  }

  flush(): void {
    for (const key of this.#unfolded) {
      const rows = this.#statements.rows.all(key);
      const folded = foldTraces(rows.map((row) => storedJson(row['text']) as TraceRow));
      this.#mark(key, folded !== null);
      if (folded === null) this.#statements.drop.run(key);
      else {
        const { source, subject, sender, receivedAt } = folded;
        this.#statements.put.run(key, source, subject, sender, receivedAt, JSON.stringify(folded));
      }
    }
    this.#unfolded.clear();
    this.#names.messages.forgetExpected();
  }
}

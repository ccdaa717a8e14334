import type { DatabaseSync } from 'node:sqlite';

/**
 * Indexes whose entries come in random order. Of many rows one is made at once in a third of the
 * time that it takes to keep it up row by row.
 */
const OF_NAMES = ['records_by_context', 'messages_by_hash'] as const;
const OF_ACCESSES = ['accesses_by_message'] as const;

const RECORDS_BY_HASH =
  'CREATE INDEX IF NOT EXISTS records_by_hash ON records (hash) WHERE anchor IS NULL';

/**
 * Does without these indexes within one transaction that brings many rows. They are there again
 * before it ends: no other program ever sees records.db without them, whatever happens to this one.
 */
export class LoadingIndexes {
  readonly #db: DatabaseSync;
  readonly #dropped = new Map<string, string>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get dropped(): boolean {
    return this.#dropped.size > 0;
  }

  drop(): void {
    const find = this.#db.prepare(
      `SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?`,
    );
    for (const name of [...OF_NAMES, ...OF_ACCESSES]) {
      const row = find.get(name);
      if (row === undefined || this.#dropped.has(name)) continue;
      this.#dropped.set(name, row['sql'] as string);
      this.#db.exec(`DROP INDEX ${name}`);
    }
  }

  #restore(names: readonly string[]): void {
    for (const name of names) {
      const sql = this.#dropped.get(name);
      if (sql === undefined) continue;
      this.#db.exec(sql);
      this.#dropped.delete(name);
    }
  }

  /**
   * Records are to be found by a query from now on. Only cases with more of them than an import
   * holds in memory have this index: nobody else asks for it.
   */
  findRecords(): void {
    this.#db.exec(RECORDS_BY_HASH);
  }

  /** By what contexts and messages are found; before anything asks for them by a query. */
  restoreNames(): void {
    this.#restore(OF_NAMES);
  }

  restoreAccesses(): void {
    this.#restore(OF_ACCESSES);
  }

  /** The transaction was rolled back: what was dropped in it is there. */
  forget(): void {
    this.#dropped.clear();
  }
}

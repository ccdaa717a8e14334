import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../../source/domain/json.ts';
import { readRow } from '../../../source/domain/records/read-row.ts';
import type { RowContent } from '../../../source/domain/records/row.ts';
import type { SignIn } from '../../../source/domain/sessions/sign-in.ts';
import type { RowCounts } from '../../../source/domain/records/source.ts';
import { contentDigest } from './content-digest.ts';
import { settleSource } from '../../../source/store/records/leftovers.ts';
import { RowPacker } from '../../../source/store/records/packed-rows.ts';
import { removeSource } from '../../../source/store/records/remove-source.ts';
import { SCHEMA } from '../../../source/store/records/schema.ts';
import { countsOf } from '../../../source/store/records/source-counts.ts';
import { SourceIngest } from '../../../source/store/records/source-ingest.ts';

/** What a row of a made-up file holds: AuditData, a sign-in, or a reason why it is none. */
export type MadeRow = JsonObject | { readonly signIn: SignIn } | string;

const isSignIn = (row: MadeRow): row is { readonly signIn: SignIn } =>
  typeof row === 'object' && 'signIn' in row;

export const contentOf = (row: MadeRow): RowContent => {
  if (typeof row === 'string') return { kind: 'damaged', reason: row };
  if (isSignIn(row)) return { kind: 'signIns', signIn: row.signIn };
  return { kind: 'audit', auditData: row, envelope: { id: null, time: null }, losses: [] };
};

/** Rows handed over at a time, as an import does. */
export const PACK_ROWS = 500;

/** A records.db in memory, filled by the real intake. */
export class MemoryRecords {
  readonly db = new DatabaseSync(':memory:');
  #ingest: SourceIngest;

  constructor() {
    this.db.exec(SCHEMA);
    this.#ingest = new SourceIngest(this.db);
  }

  /** `batch`: rows between two flushes. Returns the source's number. */
  add(rows: readonly MadeRow[], batch = Infinity): number {
    const source = this.begin('made up', rows, batch);
    this.#ingest.end(hash('sha256', JSON.stringify(rows)), 'audit', '{}');
    settleSource(this.db, source);
    return source;
  }

  /** Rows of a file that is still being imported: to be seen, but not at its end. */
  begin(file: string, rows: readonly MadeRow[], batch = Infinity): number {
    const source = this.#ingest.begin(file, true, null);
    const packer = new RowPacker();
    rows.forEach((row, at) => {
      packer.add({ line: at + 1, start: at, length: 1 }, readRow(contentOf(row)));
      const ends = (at + 1) % batch === 0;
      if (ends || packer.rows >= PACK_ROWS) this.#ingest.takePacked(packer.take());
      if (ends) this.#ingest.flush();
    });
    this.#ingest.takePacked(packer.take());
    this.#ingest.flush();
    return source;
  }

  remove(source: number): void {
    this.#ingest.abandon();
    removeSource(this.db, source);
    this.#ingest = new SourceIngest(this.db);
  }

  /** As another program that comes later. */
  reopen(): void {
    this.#ingest.abandon();
    this.#ingest = new SourceIngest(this.db);
  }

  counts(source: number): RowCounts {
    return countsOf(this.db, source);
  }

  digest(): string {
    return contentDigest(this.db);
  }

  /** Sums of the outcomes over these sources. */
  totals(sources: readonly number[]): RowCounts {
    const all = sources.map((source) => this.counts(source));
    const sum = (of: (counts: RowCounts) => number): number =>
      all.reduce((total, one) => total + of(one), 0);
    return {
      rows: sum((one) => one.rows),
      accepted: sum((one) => one.accepted),
      sideEvents: sum((one) => one.sideEvents),
      otherOperations: sum((one) => one.otherOperations),
      duplicates: sum((one) => one.duplicates),
      conflicts: sum((one) => one.conflicts),
      damaged: sum((one) => one.damaged),
    };
  }
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ROW_OUTCOME } from './schema.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

/** Where a row stands: needed to show the raw record. */
export interface RowPosition {
  readonly source: number;
  readonly line: number;
  readonly start: number;
  readonly length: number;
}

/** The row by which a record was accepted; `reading`: see readings. */
export interface FirstOccurrence extends RowPosition {
  readonly reading: number | null;
}

const sql = {
  first: 'SELECT source, line, start, length, reading FROM records WHERE record = ?',
  firstsOf: 'SELECT record FROM records WHERE source = ? LIMIT ?',
  setFirst: `UPDATE records SET source = ?, line = ?, start = ?, length = ?, reading = ?
    WHERE record = ?`,
  add: `INSERT INTO further_occurrences (record, source, line, start, length, outcome, reading)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  further: `SELECT occurrence, source, line, start, length, outcome, reading FROM further_occurrences
    WHERE record = ? ORDER BY source, occurrence`,
  furtherOf: 'SELECT occurrence, record FROM further_occurrences WHERE source = ? LIMIT ?',
  drop: 'DELETE FROM further_occurrences WHERE occurrence = ?',
  setOutcome: 'UPDATE further_occurrences SET outcome = ? WHERE occurrence = ?',
  nameFirst: 'UPDATE records SET reading = ? WHERE record = ? AND reading IS NULL',
  nameFurther: 'UPDATE further_occurrences SET reading = ? WHERE record = ? AND reading IS NULL',
  forgetFirst: 'UPDATE records SET reading = NULL WHERE record = ?',
  forgetFurther: 'UPDATE further_occurrences SET reading = NULL WHERE record = ?',
} as const;

type Statements = Prepared<typeof sql>;
type Sighted = NonNullable<ReturnType<StatementSync['get']>>;

const firstOf = (row: Sighted): FirstOccurrence => ({
  source: Number(row['source']),
  line: Number(row['line']),
  start: Number(row['start']),
  length: Number(row['length']),
  reading: row['reading'] as number | null,
});

/**
 * The rows that hold a record. Most are held by one, which therefore stands with the record itself
 * and is written with it; it is always the earliest, since sources are numbered as they come.
 */
export class Occurrences {
  readonly #statements: Statements;

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  /** A further row of a record that is there. */
  add(record: number, position: RowPosition, reading: number | null): void {
    const { source, line, start, length } = position;
    this.#statements.add.run(record, source, line, start, length, ROW_OUTCOME.duplicate, reading);
  }

  first(record: number): FirstOccurrence {
    const row = this.#statements.first.get(record);
    if (row === undefined) throw new Error(`record ${record} is not in records.db`);
    return firstOf(row);
  }

  /** All rows that named no reading so far say this. */
  nameReading(record: number, reading: number): void {
    this.#statements.nameFirst.run(reading, record);
    this.#statements.nameFurther.run(reading, record);
  }

  /** All rows say the same again. */
  forgetReadings(record: number): void {
    this.#statements.forgetFirst.run(record);
    this.#statements.forgetFurther.run(record);
  }

  /**
   * First row: accepted; the first row of each further variant: conflict; the others: duplicates.
   * A reading that is not in `variantOfReading` belongs to the first variant, 0.
   */
  setOutcomes(record: number, variantOfReading: ReadonlyMap<number, number>): void {
    const variantOf = (reading: unknown): number => variantOfReading.get(Number(reading)) ?? 0;
    const further = this.#statements.further.all(record);
    if (further.length === 0) return;
    const seen = new Set([variantOf(this.first(record).reading)]);
    for (const row of further) {
      const variant = variantOf(row['reading']);
      const outcome = seen.has(variant) ? ROW_OUTCOME.duplicate : ROW_OUTCOME.conflict;
      seen.add(variant);
      if (outcome !== row['outcome'])
        this.#statements.setOutcome.run(outcome, Number(row['occurrence']));
    }
  }

  /** Drops up to `count` further rows of a source; the records that they held. */
  dropFurther(source: number, count: number): readonly number[] {
    return this.#statements.furtherOf.all(source, count).map((row) => {
      this.#statements.drop.run(Number(row['occurrence']));
      return Number(row['record']);
    });
  }

  /**
   * Of up to `count` records that were accepted from a source none of whose further rows are left:
   * the next row takes the place of the first. `held` is false where there is no other row.
   */
  dropFirsts(
    source: number,
    count: number,
  ): readonly { readonly record: number; readonly held: boolean }[] {
    return this.#statements.firstsOf.all(source, count).map((row) => {
      const record = Number(row['record']);
      const next = this.#statements.further.get(record);
      if (next === undefined) return { record, held: false };
      this.#statements.drop.run(Number(next['occurrence']));
      const { source: from, line, start, length, reading } = firstOf(next);
      this.#statements.setFirst.run(from, line, start, length, reading, record);
      return { record, held: true };
    });
  }
}

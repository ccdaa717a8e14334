import type { DatabaseSync } from 'node:sqlite';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import type { RowCounts, SourceKind, Warning } from '../../domain/records/source.ts';
import type { TraceRow } from '../../domain/lookups/trace.ts';
import { Counters } from './counters.ts';
import { Orphans } from './orphans.ts';
import { eventIngest } from './event-ingest.ts';
import type { FoldedRows } from './folded-rows.ts';
import type { SideEvent } from '../../domain/events/side-event.ts';
import type { IncomingRecord } from './incoming-record.ts';
import { LoadingIndexes } from './loading-indexes.ts';
import { RecordNames } from './names.ts';
import { RecordIngest } from './record-ingest.ts';
import type { PackedPosition, PackedRows } from './packed-rows.ts';
import { RecordRows } from './record-rows.ts';
import type { RowPosition } from './occurrences.ts';
import { signInIngest } from './sign-in-ingest.ts';
import { signInText } from './sign-in-text.ts';
import { countsOf } from './source-counts.ts';
import { TraceIngest } from './trace-ingest.ts';
import { type PackedEvent, type RowSink, RowUnpacker } from './unpack-rows.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

/** Warnings kept per source; the rest is counted. */
const WARNING_LIMIT = 10_000;

/**
 * A transaction that adds so many records, and no less than a part of all that are there, does
 * without indexes until it ends (`LoadingIndexes`). Rows that are there already add none.
 */
const LARGE_ADDITION = 1000;
const LARGE_PART = 1 / 4;

const sql = {
  begin: `INSERT INTO sources (file, state, kept, path) VALUES (?, 'importing', ?, ?) RETURNING source`,
  counts: `UPDATE sources SET rows = ?, other_operations = ?, damaged = ?, trace_accepted = ?,
    trace_duplicates = ?, more_warnings = ? WHERE source = ?`,
  describe: `UPDATE sources SET sha256 = ?, kind = ?, layout = ? WHERE source = ?`,
  damagedTime: 'INSERT INTO damaged_times (source, time) VALUES (?, ?)',
  warning: 'INSERT INTO warnings (source, line, reason) VALUES (?, ?, ?)',
} as const;

type Statements = Prepared<typeof sql>;

/** The one writer of records.db: rows of one source at a time, in transactions of one batch each. */
export class SourceIngest implements RowSink {
  readonly #db: DatabaseSync;
  readonly #mayShow: () => boolean;
  readonly #statements: Statements;
  readonly #names: RecordNames;
  readonly #counters: Counters;
  readonly #orphans: Orphans;
  readonly #records: RecordIngest;
  readonly #traces: TraceIngest;
  readonly #signIns: FoldedRows<SignIn>;
  readonly #events: FoldedRows<SideEvent>;
  readonly #indexes: LoadingIndexes;
  #unpacker = new RowUnpacker();
  /** Records before the transaction under way, and what this source added in the one before. */
  #recordsBefore = 0;
  #lastAddition = 0;
  #source = 0;
  #rows = 0;
  #otherOperations = 0;
  #sideEventRows = 0;
  #damaged = 0;
  #traceAccepted = 0;
  #traceDuplicates = 0;
  #losses = 0;
  #warnings: Warning[] = [];
  #moreWarnings = 0;
  #kept = 0;
  #file = '';

  /**
   * Only while holding the import lock: numbers are allotted in memory. `mayShow`: whether there is
   * room to take a part of a source back after others have seen it; asked at each `flush`.
   */
  constructor(db: DatabaseSync, mayShow: () => boolean = () => true) {
    this.#db = db;
    this.#mayShow = mayShow;
    this.#statements = prepareAll(db, sql);
    this.#names = new RecordNames(db);
    const rows = new RecordRows(db, this.#names);
    this.#counters = new Counters(db);
    this.#orphans = new Orphans(db);
    this.#records = new RecordIngest(db, rows, this.#counters, this.#orphans);
    this.#traces = new TraceIngest(db, this.#names);
    this.#signIns = signInIngest(db);
    this.#events = eventIngest(db);
    this.#indexes = new LoadingIndexes(db);
  }

  /** Starts a source; its rows are visible after each `flush`, and go with `removeSource`. */
  begin(file: string, kept: boolean, path: string | null): number {
    this.#rows = this.#otherOperations = this.#damaged = this.#losses = 0;
    this.#sideEventRows = 0;
    this.#traceAccepted = this.#traceDuplicates = this.#moreWarnings = this.#kept = 0;
    this.#warnings = [];
    this.#recordsBefore = this.#records.numbers.size;
    this.#lastAddition = 0;
    this.#unpacker = new RowUnpacker();
    this.#file = file;
    this.#source = Number(this.#statements.begin.get(file, kept ? 1 : 0, path)?.['source']);
    this.#db.exec('BEGIN IMMEDIATE');
    return this.#source;
  }

  /** Takes a batch of rows. */
  takePacked(packed: PackedRows): void {
    this.#chooseIndexes();
    this.#unpacker.unpack(packed, this);
    if (this.#counters.full) this.flush();
  }

  /** Where more is there than is held in memory, each row is looked for in the indexes. */
  #chooseIndexes(): void {
    const known = [this.#records.numbers, this.#names.messages.numbers];
    if (known.some((numbers) => numbers.full || !numbers.complete)) {
      this.#indexes.restoreNames();
      for (const numbers of known) if (numbers.full) numbers.giveUp();
      if (!this.#records.numbers.complete) this.#indexes.findRecords();
      return;
    }
    if (this.#indexes.dropped) return;
    const added = this.#records.numbers.size - this.#recordsBefore;
    const expected = Math.max(added, this.#lastAddition);
    if (expected >= LARGE_ADDITION && expected >= this.#recordsBefore * LARGE_PART)
      this.#indexes.drop();
  }

  #position(position: PackedPosition): RowPosition {
    this.#rows += 1;
    return {
      source: this.#source,
      line: position.line,
      start: position.start,
      length: position.length,
    };
  }

  damaged(position: PackedPosition, reason: string, time: number | null): void {
    this.#rows += 1;
    this.#damaged += 1;
    if (time !== null) this.#statements.damagedTime.run(this.#source, time);
    this.#warn(position.line, reason);
  }

  otherOperation(
    position: PackedPosition,
    traces: readonly TraceRow[],
    warning: string | null,
  ): void {
    this.#otherOperations += 1;
    const at = this.#position(position);
    if (traces.length > 0) this.#traces.take(traces, at);
    if (warning !== null) this.#warn(position.line, warning);
  }

  sideEvent(
    position: PackedPosition,
    { id, text }: PackedEvent,
    traces: readonly TraceRow[],
  ): void {
    this.#sideEventRows += 1;
    const at = this.#position(position);
    if (traces.length > 0) this.#traces.take(traces, at);
    this.#events.take(id, text, at);
  }

  traces(position: PackedPosition, traces: readonly TraceRow[]): void {
    if (this.#traces.take(traces, this.#position(position))) this.#traceAccepted += 1;
    else this.#traceDuplicates += 1;
  }

  signIn(position: PackedPosition, signIn: SignIn): void {
    this.#signIns.take(signIn.id, signInText(signIn), this.#position(position));
  }

  record(
    position: PackedPosition,
    record: IncomingRecord,
    losses: readonly string[],
    traces: readonly TraceRow[],
  ): void {
    const at = this.#position(position);
    // Before the record: its messages are then written as having metadata.
    if (traces.length > 0) this.#traces.take(traces, at);
    this.#records.take(record, at);
    if (losses.length === 0) return;
    this.#losses += 1;
    for (const loss of losses) this.#warn(position.line, loss);
  }

  #warn(line: number, reason: string): void {
    if (this.#kept >= WARNING_LIMIT) this.#moreWarnings += 1;
    else {
      this.#kept += 1;
      this.#warnings.push({ file: this.#file, line, reason });
      this.#statements.warning.run(this.#source, line, reason);
    }
  }

  /**
   * Ends a batch: everything taken so far is in the database, and seen by other readers: true. Where
   * room is scarce it stays in the transaction, which leaves nothing when it is rolled back: false.
   */
  flush(): boolean {
    const shown = this.#mayShow();
    this.#write(shown);
    if (shown) this.#db.exec('BEGIN IMMEDIATE');
    return shown;
  }

  #write(commit: boolean): void {
    this.#indexes.restoreNames();
    this.#records.settle();
    const dropped = this.#counters.flush();
    this.#indexes.restoreAccesses();
    this.#orphans.flush();
    this.#names.folders.flush();
    this.#traces.flush();
    this.#signIns.flush();
    this.#events.flush();
    this.#statements.counts.run(
      this.#rows,
      this.#otherOperations,
      this.#damaged,
      this.#traceAccepted,
      this.#traceDuplicates,
      this.#moreWarnings,
      this.#source,
    );
    if (commit) this.#db.exec('COMMIT');
    this.#lastAddition = this.#records.numbers.size - this.#recordsBefore;
    this.#recordsBefore = this.#records.numbers.size;
    this.#names.trim(dropped);
    if (dropped) this.#unpacker.forget();
  }

  /** Ends the source. Its state stays 'importing' until case.json knows it (`settleSource`). */
  end(sha256: string, kind: SourceKind, layout: string): SourceReport {
    this.#statements.describe.run(sha256, kind, layout, this.#source);
    this.#write(true);
    return {
      source: this.#source,
      counts: countsOf(this.#db, this.#source),
      warnings: this.#warnings,
      moreWarnings: this.#moreWarnings,
      losses: this.#losses,
      sideEventRows: this.#sideEventRows,
    };
  }

  /** Drops the batch under way; what was flushed before is taken away by `remove`. */
  abandon(): void {
    try {
      this.#db.exec('ROLLBACK');
    } catch {
      // No batch was under way. Node 22.15 can't be asked whether one is.
    }
    this.#indexes.forget();
  }
}

export interface SourceReport {
  readonly source: number;
  readonly counts: RowCounts;
  readonly warnings: readonly Warning[];
  readonly moreWarnings: number;
  readonly losses: number;
  /** Rows of side events, with their duplicates and conflicts. */
  readonly sideEventRows: number;
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import {
  BULK_COPY_BINDS,
  type Extent,
  type FoundGap,
  gapsOf,
  isPossibleBulkCopy,
  mayBeNearLimit,
} from '../../domain/exposure/gaps.ts';
import { unpackContent } from '../records/packed-content.ts';
import { toIso } from '../records/record-time.ts';
import { FLAG } from '../records/schema.ts';

/** What the records of a mailbox say of gaps, whatever has been decided. */
export interface MailboxGaps {
  readonly mailbox: number;
  readonly gaps: readonly FoundGap[];
  readonly nearLimit: boolean;
}

const DAY = 86_400_000;

interface ContextOfMailbox extends Extent {
  readonly context: number;
  readonly syncs: number;
  /** No throttled record, and none with further variants, which may be throttled. */
  readonly quiet: boolean;
  /** Quiet, and all of its records bind or all sync. */
  readonly plain: boolean;
}

type ContextRow = readonly [number, number, number, number, number, number, number];

/** Contexts of each mailbox as JSON, to be taken apart when it is asked for. */
const contextsByMailbox = (db: DatabaseSync): ReadonlyMap<number, string> =>
  new Map(
    db
      .prepare(
        `SELECT mailbox, json_group_array(json_array(context, binds, syncs, throttled, first, last, records)) AS contexts
        FROM contexts GROUP BY mailbox`,
      )
      .all()
      .map(({ mailbox, contexts }) => [Number(mailbox), contexts as string]),
  );

/** Contexts that hold further variants of a record. */
const variedContexts = (db: DatabaseSync): ReadonlySet<number> =>
  new Set(
    // Not DISTINCT: SQLite would then look at each record in the order of contexts.
    db
      .prepare('SELECT context FROM records WHERE anchor IS NOT NULL')
      .all()
      .map(({ context }) => Number(context)),
  );

const contextsIn = (json: string, varied: ReadonlySet<number>): readonly ContextOfMailbox[] =>
  (storedJson(json) as readonly ContextRow[]).map(
    ([context, binds, syncs, throttled, first, last, records]) => {
      const quiet = throttled === 0 && !varied.has(context);
      const plain = quiet && (binds === 0 || syncs === 0);
      return { context, syncs, first, last, records, quiet, plain };
    },
  );

/**
 * The gaps of mailboxes, each worked out when it is asked for; only records (never verdicts) matter,
 * so one of these is good until records change.
 */
export class GapsOfMailboxes {
  readonly #db: DatabaseSync;
  readonly #known = new Map<number, MailboxGaps>();
  readonly #times: StatementSync;
  readonly #records: StatementSync;
  readonly #counts: StatementSync;
  #contexts: ReadonlyMap<number, string> | null = null;
  #varied: ReadonlySet<number> | null = null;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // By the index alone, and all times in one row: a row each would take three times as long.
    this.#times = db.prepare(
      'SELECT json_group_array(time) AS times FROM records WHERE context = ?',
    );
    this.#counts = db.prepare(
      `SELECT r.time / ? AS day, count(*) AS records FROM json_each(?) c
      CROSS JOIN records r ON r.context = c.value GROUP BY day`,
    );
    this.#records = db.prepare('SELECT time, flags, anchor FROM records WHERE context = ?');
  }

  of(mailbox: number): MailboxGaps {
    const known = this.#known.get(mailbox);
    if (known !== undefined) return known;
    const found = { mailbox, ...this.#find(mailbox) };
    this.#known.set(mailbox, found);
    return found;
  }

  /** How many records on which day: counted by SQLite, in a tenth of the time a look at each takes. */
  #days(contexts: readonly ContextOfMailbox[]): readonly Extent[] {
    const numbers = JSON.stringify(contexts.map(({ context }) => context));
    return this.#counts.all(DAY, numbers).map((row) => {
      const first = Number(row['day']) * DAY;
      return { first, last: first + DAY - 1, records: Number(row['records']) };
    });
  }

  #find(mailbox: number): Omit<MailboxGaps, 'mailbox'> {
    this.#contexts ??= contextsByMailbox(this.#db);
    this.#varied ??= variedContexts(this.#db);
    const contexts = contextsIn(this.#contexts.get(mailbox) ?? '[]', this.#varied);
    const near = mayBeNearLimit(contexts) && mayBeNearLimit(this.#days(contexts));
    const throttled: string[] = [];
    const recordTimes: number[] = [];
    const bindTimes: number[] = [];
    for (const { context, syncs, quiet, plain } of contexts) {
      if (quiet && !near) continue;
      if (!plain) this.#look(context, throttled, recordTimes, bindTimes);
      else {
        const times = storedJson(this.#times.get(context)?.['times']) as number[];
        for (const time of times) {
          recordTimes.push(time);
          if (syncs === 0) bindTimes.push(time);
        }
      }
    }
    return gapsOf({
      throttled,
      recordTimes: near ? Float64Array.from(recordTimes).sort() : [],
      bindTimes: near ? Float64Array.from(bindTimes).sort() : [],
    });
  }

  #look(context: number, throttled: string[], recordTimes: number[], bindTimes: number[]): void {
    for (const row of this.#records.iterate(context)) {
      const time = Number(row['time']);
      const flags = Number(row['flags']);
      if ((flags & FLAG.throttled) !== 0) throttled.push(toIso(time));
      // A further variant of a conflicting record is no further record.
      if (row['anchor'] !== null) continue;
      recordTimes.push(time);
      if ((flags & FLAG.sync) === 0) bindTimes.push(time);
    }
  }
}

/** Contexts whose binds come so thick that they may be a copy of the mailbox (`domain.md`, Exposure). */
export const bulkCopyContexts = (db: DatabaseSync): ReadonlySet<number> => {
  const found = new Set<number>();
  const rows = db.prepare(`SELECT time, flags, operation_count AS declared,
    CASE WHEN operation_count IS NULL THEN content END AS content FROM records WHERE context = ? ORDER BY time`);
  // A context that bound fewer items than the threshold can't be one.
  const contexts = db.prepare(
    'SELECT context FROM contexts WHERE max(operations, messages, records) >= ?',
  );
  for (const { context } of contexts.all(BULK_COPY_BINDS)) {
    const binds: { time: number; operations: number }[] = [];
    for (const row of rows.iterate(Number(context))) {
      if ((Number(row['flags']) & FLAG.sync) !== 0) continue;
      // A record that does not say how many there were still names them.
      const operations = Number(row['declared'] ?? unpackContent(row['content']).copies.length);
      binds.push({ time: Number(row['time']), operations: Math.max(operations, 1) });
    }
    if (isPossibleBulkCopy(binds)) found.add(Number(context));
  }
  return found;
};

import type { DatabaseSync } from 'node:sqlite';
import { BULK_COPY_BINDS, gapsOf, isPossibleBulkCopy } from '../../domain/gaps.ts';
import { toIso } from '../records/record-time.ts';
import { FLAG } from '../records/schema.ts';

/** What the records of a mailbox say of gaps, whatever has been decided. */
export interface MailboxGaps {
  readonly mailbox: number;
  readonly gaps: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: 'throttled' | 'suspected';
  }[];
  readonly nearLimit: boolean;
}

/** The gaps of every mailbox; only records (never verdicts) matter, so it is kept per data version. */
export const gapsOfMailboxes = (db: DatabaseSync): readonly MailboxGaps[] => {
  const found: MailboxGaps[] = [];
  const rows =
    db.prepare(`SELECT r.time, r.flags, r.anchor FROM contexts c JOIN records r ON r.context = c.context
    WHERE c.mailbox = ? ORDER BY r.time`);
  for (const { mailbox } of db.prepare('SELECT mailbox FROM mailboxes').all()) {
    const throttled: string[] = [];
    const recordTimes: number[] = [];
    const bindTimes: number[] = [];
    for (const row of rows.iterate(Number(mailbox))) {
      const time = Number(row['time']);
      const flags = Number(row['flags']);
      if ((flags & FLAG.throttled) !== 0) throttled.push(toIso(time));
      // A further variant of a conflicting record is no further record.
      if (row['anchor'] !== null) continue;
      recordTimes.push(time);
      if ((flags & FLAG.sync) === 0) bindTimes.push(time);
    }
    const { gaps, nearLimit } = gapsOf({ throttled, recordTimes, bindTimes });
    found.push({ mailbox: Number(mailbox), gaps, nearLimit });
  }
  return found;
};

/** Contexts whose binds come so thick that they may be a copy of the mailbox (`domain.md`, Exposure). */
export const bulkCopyContexts = (db: DatabaseSync): ReadonlySet<number> => {
  const found = new Set<number>();
  const rows =
    db.prepare(`SELECT time, flags, coalesce(operation_count, 1) AS operations FROM records
    WHERE context = ? ORDER BY time`);
  // A context that bound fewer items than the threshold can't be one.
  const contexts = db.prepare(
    'SELECT context FROM contexts WHERE max(operations, messages, records) >= ?',
  );
  for (const { context } of contexts.all(BULK_COPY_BINDS)) {
    const binds: { time: number; operations: number }[] = [];
    for (const row of rows.iterate(Number(context))) {
      if ((Number(row['flags']) & FLAG.sync) !== 0) continue;
      binds.push({ time: Number(row['time']), operations: Number(row['operations']) });
    }
    if (isPossibleBulkCopy(binds)) found.add(Number(context));
  }
  return found;
};

import type { DatabaseSync } from 'node:sqlite';
import {
  type ClassCounts,
  classMask,
  classOf,
  EXPOSURE_CLASSES,
  NO_MESSAGES,
  NOTHING_JUDGED,
} from '../../domain/exposure/exposure-class.ts';
import { CLASS_JOINS, CLASS_SQL } from './class-sql.ts';

export interface MailboxClassCounts {
  readonly identified: ClassCounts;
  readonly unidentified: ClassCounts;
}

type Totals = ReadonlyMap<number, { readonly identified: number; readonly unidentified: number }>;

type Counted = { -readonly [Name in keyof ClassCounts]: number };

const classRow = (row: Readonly<Record<string, unknown>>) => ({
  mailbox: Number(row['mailbox']),
  of: row['identified'] === 1 ? ('identified' as const) : ('unidentified' as const),
  name: EXPOSURE_CLASSES[Number(row['class'])] ?? 'open',
  messages: Number(row['messages']),
});

/** Messages with an id that are confirmed, whatever is presumed of others. */
export const confirmedMessages = (db: DatabaseSync): number =>
  Number(
    db
      .prepare(
        `SELECT count(*) AS messages FROM message_facts
        WHERE identified = 1 AND facts & ${classMask('confirmed')}`,
      )
      .get()?.['messages'],
  );

/**
 * Messages of which something was judged, or whose folder is presumed without their mailbox. Grouped by
 * expressions: an alias would give way to a column of that name in any of the tables.
 */
const NOT_PLAIN = `SELECT m.mailbox, m.message_id IS NOT NULL AS identified, ${CLASS_SQL} AS class, count(*) AS messages
  FROM (SELECT message FROM message_facts UNION SELECT message FROM folder_exposed) x
  CROSS JOIN messages m ON m.message = x.message ${CLASS_JOINS}
  GROUP BY m.mailbox, m.message_id IS NOT NULL, ${CLASS_SQL}`;

/**
 * Messages of each mailbox by class, by the same rule as their lists. Only those with facts of their
 * own are looked at: the class of all others follows from their mailbox. `totals`: all messages by
 * mailbox. presumed_whole must be filled for the case.
 */
export const classCounts = (
  db: DatabaseSync,
  totals: Totals,
): ReadonlyMap<number, MailboxClassCounts> => {
  const ofMailbox = new Map(
    db
      .prepare('SELECT mailbox, facts FROM presumed_whole')
      .all()
      .map(({ mailbox, facts }) => [Number(mailbox), Number(facts)]),
  );
  const counts = new Map<number, { identified: Counted; unidentified: Counted }>();
  for (const mailbox of totals.keys())
    counts.set(mailbox, { identified: { ...NO_MESSAGES }, unidentified: { ...NO_MESSAGES } });
  const left = new Map(
    [...totals].map(([mailbox, { identified, unidentified }]) => [
      mailbox,
      { identified, unidentified },
    ]),
  );
  for (const { mailbox, of, name, messages } of db.prepare(NOT_PLAIN).all().map(classRow)) {
    const found = counts.get(mailbox);
    const rest = left.get(mailbox);
    if (found === undefined || rest === undefined) continue;
    found[of][name] += messages;
    rest[of] -= messages;
  }
  for (const [mailbox, found] of counts) {
    const name = classOf(NOTHING_JUDGED | (ofMailbox.get(mailbox) ?? 0));
    found.identified[name] += left.get(mailbox)?.identified ?? 0;
    found.unidentified[name] += left.get(mailbox)?.unidentified ?? 0;
  }
  return counts;
};

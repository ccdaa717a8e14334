import type { DatabaseSync } from 'node:sqlite';
import { type Span, unreadableAt } from '../../domain/gaps.ts';

const sql = {
  sources: `SELECT s.source, s.damaged, (SELECT count(*) FROM damaged_times d WHERE d.source = s.source) AS timed
    FROM sources s WHERE s.damaged > 0 AND s.kind = 'audit'`,
  times: 'SELECT time FROM damaged_times WHERE source = ? ORDER BY time',
  mailboxes: `SELECT c.mailbox, min(r.time) AS first, max(r.time) AS last FROM (
      SELECT record FROM records WHERE source = ? UNION SELECT record FROM further_sightings WHERE source = ?) x
    CROSS JOIN records r ON r.record = x.record CROSS JOIN contexts c ON c.context = r.context GROUP BY c.mailbox`,
  wholeCase:
    'SELECT mailbox, min(first) AS first, max(last) AS last FROM contexts GROUP BY mailbox',
} as const;

/** Times (ascending, epoch ms) as spans; those that overlap or touch become one. */
const spansOf = (times: Iterable<number>): readonly Span[] => {
  const spans: Span[] = [];
  for (const time of times) {
    const { from, to } = unreadableAt(time);
    const last = spans.at(-1);
    if (last === undefined || from > last.to) spans.push({ from, to });
    else spans[spans.length - 1] = { from: last.from, to };
  }
  return spans;
};

/**
 * Where damaged rows may have been records, by mailbox (`domain.md`, Exposure 1, *unreadable*): at their
 * time where anything says it, else anywhere in the span of their source; of the mailboxes that the
 * source has records of, or of all where it has none. Good until records change.
 */
export const unreadableRows = (db: DatabaseSync): ReadonlyMap<number, readonly Span[]> => {
  const found = new Map<number, Span[]>();
  for (const row of db.prepare(sql.sources).all()) {
    const source = Number(row['source']);
    const times = db.prepare(sql.times).all(source);
    const timed = spansOf(times.map(({ time }) => Number(time)));
    const own = db.prepare(sql.mailboxes).all(source, source);
    const mailboxes = own.length > 0 ? own : db.prepare(sql.wholeCase).all();
    const from = Math.min(...mailboxes.map(({ first }) => Number(first)));
    const to = unreadableAt(Math.max(...mailboxes.map(({ last }) => Number(last)))).to;
    const untimed = Number(row['damaged']) > Number(row['timed']) ? [{ from, to }] : [];
    for (const { mailbox } of mailboxes) {
      const spans = found.get(Number(mailbox)) ?? [];
      found.set(Number(mailbox), spans);
      spans.push(...timed, ...untimed);
    }
  }
  return found;
};

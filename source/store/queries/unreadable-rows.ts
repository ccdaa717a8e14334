import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { mergedSpans, type Span, unreadableAt } from '../../domain/exposure/gaps.ts';

const sql = {
  sources: `SELECT s.source, s.damaged, (SELECT count(*) FROM damaged_times d WHERE d.source = s.source) AS timed
    FROM sources s WHERE s.damaged > 0 AND s.kind = 'audit'`,
  times: 'SELECT time FROM damaged_times WHERE source = ? ORDER BY time',
  mailboxes: `SELECT c.mailbox, min(r.time) AS first, max(r.time) AS last FROM (
      SELECT record FROM records WHERE source = ? UNION SELECT record FROM further_occurrences WHERE source = ?) x
    CROSS JOIN records r ON r.record = x.record CROSS JOIN contexts c ON c.context = r.context GROUP BY c.mailbox`,
  // Of a record that contradicts itself the source may hold any variant.
  further: `SELECT c.mailbox, v.time AS first, v.time AS last FROM records v CROSS JOIN contexts c ON c.context = v.context
    WHERE v.anchor IS NOT NULL AND (EXISTS (SELECT 1 FROM records r WHERE r.record = v.anchor AND r.source = ?)
      OR EXISTS (SELECT 1 FROM further_occurrences x WHERE x.record = v.anchor AND x.source = ?))`,
  wholeCase:
    'SELECT mailbox, min(first) AS first, max(last) AS last FROM contexts GROUP BY mailbox',
} as const;

type Row = Readonly<Record<string, SQLOutputValue>>;

/** From the first to the last record, by mailbox. */
const extents = (...rows: readonly (readonly Row[])[]): ReadonlyMap<number, Span> => {
  const found = new Map<number, Span>();
  for (const row of rows.flat()) {
    const known = found.get(Number(row['mailbox']));
    found.set(Number(row['mailbox']), {
      from: Math.min(known?.from ?? Infinity, Number(row['first'])),
      to: Math.max(known?.to ?? -Infinity, Number(row['last'])),
    });
  }
  return found;
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
    const timed = mergedSpans(times.map(({ time }) => unreadableAt(Number(time))));
    const own = extents(
      db.prepare(sql.mailboxes).all(source, source),
      db.prepare(sql.further).all(source, source),
    );
    const mailboxes = own.size > 0 ? own : extents(db.prepare(sql.wholeCase).all());
    const from = Math.min(...[...mailboxes.values()].map((extent) => extent.from));
    const to = unreadableAt(Math.max(...[...mailboxes.values()].map((extent) => extent.to))).to;
    const untimed = Number(row['damaged']) > Number(row['timed']) ? [{ from, to }] : [];
    for (const mailbox of mailboxes.keys()) {
      const spans = found.get(mailbox) ?? [];
      found.set(mailbox, spans);
      spans.push(...timed, ...untimed);
    }
  }
  return found;
};

import type { DatabaseSync } from 'node:sqlite';
import { Counters } from './counters.ts';
import { RecordNames } from './names.ts';
import { Orphans } from './orphans.ts';
import { copyNumber, unpackContent } from './packed-content.ts';
import { RecordIngest } from './record-ingest.ts';
import { RecordRows } from './record-rows.ts';
import { Occurrences } from './occurrences.ts';
import { eventIngest } from './event-ingest.ts';
import { signInIngest } from './sign-in-ingest.ts';
import { TraceIngest } from './trace-ingest.ts';
import { prepareAll } from '../prepared.ts';

/** Records handled in one transaction, so that readers and memory are not held up. */
const BATCH = 20_000;

const sql = {
  variants: `SELECT r.content, r.context, c.session, c.mailbox FROM records r JOIN contexts c ON c.context = r.context
    WHERE r.record = ? OR r.anchor = ?`,
  dropRecord: 'DELETE FROM records WHERE record = ? OR anchor = ?',
  dropReadings: 'DELETE FROM readings WHERE record = ?',
  traced: 'SELECT DISTINCT message_id FROM trace_rows WHERE source = ? LIMIT ?',
  dropTraces: 'DELETE FROM trace_rows WHERE source = ? AND message_id = ?',
} as const;

/** A row is accepted where it says something that no row before it said: what was before may be gone. */
const COUNT_TRACES = `UPDATE sources SET (trace_accepted, trace_duplicates) = (
  SELECT counted.rows, trace_accepted + trace_duplicates - counted.rows FROM (
    SELECT count(*) AS rows FROM (SELECT DISTINCT t.line, t.start FROM trace_rows t
      WHERE t.source = sources.source AND NOT EXISTS (SELECT 1 FROM trace_rows e
        WHERE e.message_id = t.message_id AND e.ident = t.ident AND e.trace_row < t.trace_row))
  ) counted) WHERE kind = 'trace'`;

/** Messages, their copies and owners that no record names any more. */
const dropOrphans = (db: DatabaseSync): void => {
  const copies = new Set<number>();
  for (const row of db.prepare('SELECT content FROM records').iterate())
    for (const copy of unpackContent(row['content']).copies) copies.add(copy);
  const dropFirst = db.prepare('UPDATE messages SET first_copy = 0 WHERE message = ?');
  const dropCopy = db.prepare('DELETE FROM further_copies WHERE message = ? AND ordinal = ?');
  for (const row of db.prepare('SELECT message, ordinal FROM copies').all()) {
    const [message, ordinal] = [Number(row['message']), Number(row['ordinal'])];
    if (copies.has(copyNumber(message, ordinal))) continue;
    if (ordinal === 0) dropFirst.run(message);
    else dropCopy.run(message, ordinal);
  }
  db.exec(`DELETE FROM messages WHERE message NOT IN (SELECT message FROM copies);
    DELETE FROM owners WHERE owner NOT IN (SELECT owner FROM records WHERE owner IS NOT NULL)`);
};

/**
 * Takes everything away that only this source says; what another source also holds stays, and its
 * row becomes the accepted one (`design.md`, How it runs). Holding the import lock.
 */
export const removeSource = (db: DatabaseSync, source: number): void => {
  const names = new RecordNames(db);
  const rows = new RecordRows(db, names);
  const counters = new Counters(db);
  const records = new RecordIngest(db, rows, counters, new Orphans(db));
  const occurrences = new Occurrences(db);
  const traces = new TraceIngest(db, names);
  const signIns = signInIngest(db);
  const events = eventIngest(db);
  const statement = prepareAll(db, sql);

  const dropRecord = (record: number): void => {
    for (const variant of statement.variants.all(record, record)) {
      rows.forget(variant['content']);
      counters.recount({
        context: Number(variant['context']),
        session: Number(variant['session']),
        mailbox: Number(variant['mailbox']),
      });
    }
    statement.dropRecord.run(record, record);
    statement.dropReadings.run(record);
  };

  const dropOccurrences = (): number => {
    const further = occurrences.dropFurther(source, BATCH);
    for (const record of further) records.unsettle(record);
    if (further.length > 0) return further.length;
    const firsts = occurrences.dropFirsts(source, BATCH);
    for (const { record, held } of firsts) {
      if (held) records.unsettle(record);
      else dropRecord(record);
    }
    return firsts.length;
  };

  const dropTraces = (): number => {
    const ids = statement.traced.all(source, BATCH);
    for (const row of ids) {
      const messageId = row['message_id'] as string;
      statement.dropTraces.run(source, messageId);
      traces.refold(messageId);
    }
    return ids.length;
  };

  let left = 1;
  let tracesWent = false;
  while (left > 0) {
    db.exec('BEGIN IMMEDIATE');
    const dropped = dropTraces();
    tracesWent ||= dropped > 0;
    left = dropOccurrences() + dropped + signIns.dropRows(source, BATCH);
    left += events.dropRows(source, BATCH);
    records.settle();
    const recounted = counters.flush();
    names.folders.flush();
    names.trim(recounted);
    traces.flush();
    signIns.flush();
    events.flush();
    db.exec('COMMIT');
  }
  db.exec('BEGIN IMMEDIATE');
  dropOrphans(db);
  if (tracesWent) db.exec(COUNT_TRACES);
  db.prepare('DELETE FROM warnings WHERE source = ?').run(source);
  db.prepare('DELETE FROM damaged_times WHERE source = ?').run(source);
  db.prepare('DELETE FROM sources WHERE source = ?').run(source);
  db.exec('COMMIT');
};

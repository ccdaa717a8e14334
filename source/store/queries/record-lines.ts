import type { DatabaseSync } from 'node:sqlite';
import { unpackContent, copyNumber } from '../records/packed-content.ts';
import { toIso } from '../records/record-time.ts';
import { ROW_OUTCOME, FLAG } from '../records/schema.ts';

/** One record of a context. */
export interface RecordLine {
  /** Number within this records.db only. */
  readonly row: number;
  readonly id: string;
  readonly time: string;
  readonly access: 'bind' | 'sync';
  readonly folders: readonly string[];
  readonly items: number;
  readonly operationCount: number | null;
  readonly throttled: boolean | null;
  readonly itemsMissing: boolean;
  /** More than one contradicting version of this record was read. */
  readonly conflict: boolean;
}

/** Where a record stands in a source. */
export interface Occurrence {
  readonly source: number;
  readonly sha256: string;
  readonly file: string;
  readonly layout: string;
  readonly kept: boolean;
  readonly path: string | null;
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly outcome: 'accepted' | 'duplicate' | 'conflict';
}

const ROW_OUTCOMES = {
  [ROW_OUTCOME.accepted]: 'accepted',
  [ROW_OUTCOME.duplicate]: 'duplicate',
  [ROW_OUTCOME.conflict]: 'conflict',
} as const;

/** Id of a record that is there, by its number. */
export const recordId = (db: DatabaseSync, record: number): string =>
  db.prepare('SELECT id FROM records WHERE record = ?').get(record)?.['id'] as string;

/** Of the records of a context, by its key, in time order, newest last: `count` of them from `from` on. */
export const recordLines = (
  db: DatabaseSync,
  context: string,
  from: number,
  count: number,
): { readonly total: number; readonly rows: readonly RecordLine[] } => {
  const found = db.prepare('SELECT context FROM contexts WHERE key = ?').get(context);
  if (found === undefined) return { total: 0, rows: [] };
  const number = Number(found['context']);
  const total = db.prepare('SELECT count(*) AS records FROM records WHERE context = ?').get(number);
  const folder = db.prepare('SELECT coalesce(name, id) AS name FROM folders WHERE folder = ?');
  const conflict = db.prepare('SELECT 1 FROM records WHERE anchor = ? LIMIT 1');
  const rows = db
    .prepare(
      `SELECT record, anchor, id, time, flags, operation_count, content FROM records
      WHERE context = ? ORDER BY time, id LIMIT ? OFFSET ?`,
    )
    .all(number, count, from)
    .map((row): RecordLine => {
      const flags = Number(row['flags']);
      const content = unpackContent(row['content']);
      return {
        row: Number(row['record']),
        id: row['id'] as string,
        time: toIso(Number(row['time'])),
        access: (flags & FLAG.sync) === 0 ? 'bind' : 'sync',
        folders: content.folders.map((number) => (folder.get(number)?.['name'] ?? '') as string),
        items: content.copies.length,
        operationCount: row['operation_count'] as number | null,
        throttled: (flags & FLAG.throttledStated) === 0 ? null : (flags & FLAG.throttled) !== 0,
        itemsMissing: (flags & FLAG.itemsMissing) !== 0,
        conflict: row['anchor'] !== null || conflict.get(Number(row['record'])) !== undefined,
      };
    });
  return { total: Number(total?.['records']), rows };
};

/** All rows that hold this record, the accepted one first. */
export const occurrencesOf = (db: DatabaseSync, record: number): readonly Occurrence[] =>
  db
    .prepare(
      `SELECT g.source, s.sha256, s.file, s.layout, s.kept, s.path, g.line, g.start, g.length, g.outcome
      FROM occurrences g JOIN sources s ON s.source = g.source
      WHERE g.record = (SELECT coalesce(anchor, record) FROM records WHERE record = ?) ORDER BY g.outcome, g.source, g.occurrence`,
    )
    .all(record)
    .map((row) => ({
      source: Number(row['source']),
      sha256: (row['sha256'] ?? '') as string,
      file: row['file'] as string,
      layout: (row['layout'] ?? '') as string,
      kept: Number(row['kept']) === 1,
      path: row['path'] as string | null,
      line: Number(row['line']),
      start: Number(row['start']),
      length: Number(row['length']),
      outcome: ROW_OUTCOMES[Number(row['outcome']) as keyof typeof ROW_OUTCOMES],
    }));

const newest = (db: DatabaseSync, where: string, key: string): number | null => {
  const row = db
    .prepare(
      `SELECT r.record FROM contexts c JOIN sessions s ON s.session = c.session
      JOIN records r ON r.context = c.context WHERE ${where} ORDER BY r.time DESC, r.id LIMIT 1`,
    )
    .get(key);
  return row === undefined ? null : Number(row['record']);
};

/** The newest record that lists a message: its copies are looked for in its contexts' records. */
const newestOfMessage = (db: DatabaseSync, message: number): number | null => {
  const copies = new Set(
    db
      .prepare('SELECT ordinal FROM copies WHERE message = ?')
      .all(message)
      .map((row) => copyNumber(message, Number(row['ordinal']))),
  );
  const contexts = db
    .prepare('SELECT context FROM accesses WHERE message = ? ORDER BY last DESC')
    .all(message);
  const records = db.prepare(
    'SELECT record, content FROM records WHERE context = ? ORDER BY time DESC',
  );
  for (const { context } of contexts) {
    for (const row of records.iterate(Number(context))) {
      const content = unpackContent(row['content']);
      if (content.copies.some((copy) => copies.has(copy))) return Number(row['record']);
    }
  }
  return null;
};

/** Number of the newest record of a session, a context (by key) or a message (by row); null: none. */
export const newestRecordOf = (
  db: DatabaseSync,
  of: { session: string } | { context: string } | { message: number },
): number | null => {
  if ('session' in of) return newest(db, 's.key = ?', of.session);
  if ('context' in of) return newest(db, 'c.key = ?', of.context);
  return newestOfMessage(db, of.message);
};

import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import type { AuditRecord } from '../../domain/records/audit-record.ts';
import { contestedItems } from '../../domain/records/record-variants.ts';
import { messagesOf, unpackContent } from '../records/packed-content.ts';

const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS contested (
  context INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (context, message)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS shared_records (
  message INTEGER NOT NULL, anchor INTEGER NOT NULL, context INTEGER NOT NULL,
  PRIMARY KEY (message, anchor, context)
) WITHOUT ROWID;
DELETE FROM contested; DELETE FROM shared_records;
`;

const sql = {
  anchors: 'SELECT DISTINCT anchor FROM records WHERE anchor IS NOT NULL',
  readings: 'SELECT text FROM readings WHERE record = ?',
  variants: 'SELECT record, context, content FROM records WHERE record = ? OR anchor = ?',
  names: 'SELECT message_id, item_id FROM messages WHERE message = ?',
  times: 'SELECT times FROM accesses WHERE context = ? AND message = ?',
  addContested: 'INSERT OR IGNORE INTO contested VALUES (?, ?)',
  addShared: 'INSERT OR IGNORE INTO shared_records VALUES (?, ?, ?)',
} as const;

/**
 * What contradicting records leave in doubt, as temporary tables that are good until records change.
 * contested: which context accessed which message only by records of which not every variant names it.
 * shared_records: accesses that stand in several contexts and are one record, by its number.
 */
export const findContested = (db: DatabaseSync): void => {
  db.exec(TABLES);
  const readings = db.prepare(sql.readings);
  const variants = db.prepare(sql.variants);
  const names = db.prepare(sql.names);
  const addShared = db.prepare(sql.addShared);
  /** By "context/message": how many contradicting records contest it there. */
  const doubted = new Map<string, { context: number; message: number; records: number }>();
  for (const { anchor } of db.prepare(sql.anchors).all()) {
    const texts = readings.all(Number(anchor));
    const contested = contestedItems(texts.map(({ text }) => storedJson(text) as AuditRecord));
    const ids = new Set(contested.map(({ internetMessageId }) => internetMessageId));
    const items = new Set(contested.map(({ itemId }) => itemId));
    const isContested = (message: number): boolean => {
      const row = names.get(message);
      const id = row?.['message_id'] ?? null;
      return id === null
        ? items.has((row?.['item_id'] ?? null) as string | null)
        : ids.has(id as string);
    };
    const rows = variants.all(Number(anchor), Number(anchor));
    const contexts = new Set(rows.map(({ context }) => Number(context)));
    // Every variant lists the items of all (`variantsOf`).
    const messages = messagesOf(unpackContent(rows[0]?.['content'] as Uint8Array).copies);
    for (const message of messages) {
      const doubt = contested.length > 0 && isContested(message);
      for (const context of contexts) {
        if (contexts.size > 1) addShared.run(message, Number(anchor), context);
        if (!doubt) continue;
        const key = `${context}/${message}`;
        const known = doubted.get(key) ?? { context, message, records: 0 };
        known.records += 1;
        doubted.set(key, known);
      }
    }
  }
  const times = db.prepare(sql.times);
  const add = db.prepare(sql.addContested);
  for (const { context, message, records } of doubted.values())
    if (Number(times.get(context, message)?.['times']) === records) add.run(context, message);
};

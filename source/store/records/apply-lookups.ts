import type { DatabaseSync } from 'node:sqlite';
import type {
  Lookup,
  LookedUpMessage,
  LookedUpTraffic,
  LookupOutcome,
} from '../../domain/lookups/lookup.ts';
import type { LogPosition } from '../append-log.ts';
import type { CaseFolder } from '../case-folder.ts';
import { LOOKUPS_START, readLookups } from '../lookup-log.ts';
import { idHash } from './keys.ts';
import { storedEnd } from './known-lookups.ts';
import { toMs } from './record-time.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const MARK = `UPDATE messages SET lookup_end = ? WHERE hash = ?
  AND mailbox = (SELECT mailbox FROM mailboxes WHERE ident = ?)`;

const sql = {
  put: `INSERT OR REPLACE INTO lookups (name, by_item, mailbox, service, how, outcome, at, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ends: 'SELECT outcome FROM lookups WHERE name = ? AND by_item = ? AND mailbox = ?',
  markById: `${MARK} AND message_id = ?`,
  markByItem: `${MARK} AND message_id IS NULL AND item_id = ?`,
  traffic: `INSERT INTO lookup_traffic (address, direction, from_time, to_time, rows, source, complete, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  note: 'INSERT OR REPLACE INTO meta VALUES (?, ?)',
  noted: 'SELECT value FROM meta WHERE name = ?',
} as const;

const OFFSET = 'lookups_offset';
const HEAD = 'lookups_head';

type Statements = Prepared<typeof sql>;

const cursorOf = ({ noted }: Pick<Statements, 'noted'>): LogPosition => {
  const head = noted.get(HEAD)?.['value'];
  if (typeof head !== 'string') return LOOKUPS_START;
  return { offset: Number(noted.get(OFFSET)?.['value']), head };
};

const isMessage = (lookup: Lookup): lookup is LookedUpMessage => 'end' in lookup;

const putMessage = (statements: Statements, lookup: LookedUpMessage): void => {
  const { put, ends, markById, markByItem } = statements;
  const { messageId, itemId, mailbox, service, how, end, at, detail } = lookup;
  const name = messageId ?? itemId ?? '';
  const byItem = messageId === null ? 1 : 0;
  put.run(name, byItem, mailbox ?? '', service, how, end, toMs(at), detail);
  const all = ends.all(name, byItem, mailbox ?? '').map((row) => row['outcome'] as LookupOutcome);
  const mark = messageId === null ? markByItem : markById;
  mark.run(storedEnd(all), idHash(name), mailbox ?? '', name);
};

const putTraffic = ({ traffic }: Statements, lookup: LookedUpTraffic): void => {
  const { address, direction, from, to, rows, source, complete, at } = lookup;
  traffic.run(address, direction, toMs(from), toMs(to), rows, source, complete ? 1 : 0, toMs(at));
};

/** How far records.db has taken up lookups.jsonl. */
export const appliedLookups = (db: DatabaseSync): LogPosition =>
  cursorOf(prepareAll(db, { noted: sql.noted }));

/**
 * Takes up in records.db what lookups.jsonl says since it was last taken up; true where that was
 * anything. Holding the import lock: whoever imports writes all the time.
 */
export const applyLookups = (folder: CaseFolder, db: DatabaseSync): boolean => {
  const statements = prepareAll(db, sql);
  let begun = false;
  const begin = (): void => {
    if (!begun) db.exec('BEGIN IMMEDIATE');
    begun = true;
  };
  try {
    const { cursor } = readLookups(folder, cursorOf(statements), {
      restart() {
        begin();
        db.exec(`DELETE FROM lookups; DELETE FROM lookup_traffic;
          UPDATE messages SET lookup_end = 0 WHERE lookup_end <> 0`);
      },
      take(lookup) {
        begin();
        if (isMessage(lookup)) putMessage(statements, lookup);
        else putTraffic(statements, lookup);
      },
    });
    if (!begun) return false;
    statements.note.run(OFFSET, String(cursor.offset));
    statements.note.run(HEAD, cursor.head);
    db.exec('COMMIT');
  } catch (error) {
    if (begun) db.exec('ROLLBACK');
    throw error;
  }
  return true;
};

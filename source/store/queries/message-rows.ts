import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { EXPOSURE_CLASSES, type Message } from '../../domain/message.ts';
import type { Trace } from '../../domain/trace.ts';
import { unresolvedReason } from '../../domain/unresolved.ts';
import { toIso } from '../records/record-time.ts';
import { TRACE_KEY } from '../records/trace-key.ts';
import { lookupEnd } from './lookup-end.ts';
import { CLASS_SQL, STANDING_JOINS } from './judgement.ts';

const text = (value: SQLOutputValue | undefined): string | null => (value ?? null) as string | null;

const MESSAGE = `SELECT m.message, m.message_id, m.item_id, mb.guid, o.name AS owner, t.text AS trace, m.lookup_end, ${CLASS_SQL} AS class
  FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN owners o ON o.owner = mb.owner
  ${STANDING_JOINS} LEFT JOIN traces t ON t.message_id = ${TRACE_KEY} WHERE m.message = ?`;

const COPIES = `SELECT c.item_id, c.size, f.name, f.id FROM copies c LEFT JOIN folders f ON f.folder = c.folder
  WHERE c.message = ? ORDER BY c.ordinal`;

const ACCESSES = `SELECT s.key, min(a.first) AS first, max(a.last) AS last, sum(a.times) AS times
  FROM accesses a JOIN contexts c ON c.context = a.context JOIN sessions s ON s.session = c.session
  WHERE a.message = ? GROUP BY s.key ORDER BY s.key`;

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** Reads messages in the shape of `mia.messages/1`. */
export class MessageRows {
  readonly #message: StatementSync;
  readonly #copies: StatementSync;
  readonly #accesses: StatementSync;

  /** Needs the tables of `judge`, and presumed_whole filled, on this connection. */
  constructor(db: DatabaseSync) {
    this.#message = db.prepare(MESSAGE);
    this.#copies = db.prepare(COPIES);
    this.#accesses = db.prepare(ACCESSES);
  }

  message(number: number): Message | null {
    const row = this.#message.get(number);
    if (row === undefined) return null;
    const copies = this.#copies.all(number);
    const folders = distinct(
      copies.flatMap((copy) => text(copy['name']) ?? text(copy['id']) ?? []),
    ).toSorted();
    const sizes = distinct(
      copies.flatMap((copy) => (copy['size'] === null ? [] : [Number(copy['size'])])),
    );
    const items = distinct(copies.flatMap((copy) => text(copy['item_id']) ?? []));
    const accesses = this.#accesses.all(number);
    const trace = row['trace'] === null ? null : (JSON.parse(text(row['trace']) ?? '') as Trace);
    const internetMessageId = text(row['message_id']);
    return {
      row: number,
      mailbox: { guid: text(row['guid']), owner: text(row['owner']) },
      internetMessageId,
      itemId: text(row['item_id']) ?? items.toSorted()[0] ?? null,
      folders,
      sizeInBytes: sizes.length === 0 ? null : Math.max(...sizes),
      differs: sizes.length > 1 || (internetMessageId !== null && items.length > 1),
      firstAccess: toIso(Math.min(...accesses.map((access) => Number(access['first'])))),
      lastAccess: toIso(Math.max(...accesses.map((access) => Number(access['last'])))),
      accesses: accesses.reduce((sum, access) => sum + Number(access['times']), 0),
      sessions: accesses.map((access) => text(access['key']) ?? ''),
      class: EXPOSURE_CLASSES[Number(row['class'])] ?? 'open',
      trace,
      unresolved: trace === null ? unresolvedReason(folders, lookupEnd(row['lookup_end'])) : null,
    };
  }
}

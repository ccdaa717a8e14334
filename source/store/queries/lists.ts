import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import {
  CONTEXT_JOINS,
  contextCondition,
  type ContextCondition,
  keysTerm,
} from './context-filter.ts';
import { TRACE_KEY } from '../records/keys.ts';
import { CLASS_JOINS, CLASS_SQL } from './class-sql.ts';
import { JUDGED, SESSION_JUDGED } from './verdict-codes.ts';

/** Numbers of rows in the order of a list: 4 bytes a row, so that half a million scroll like fifty. */
export type RowNumbers = Int32Array;

const numbers = (db: DatabaseSync, sql: string, values: readonly SQLInputValue[]): RowNumbers => {
  const found: number[] = [];
  // Rows as arrays would be quicker by a little, but are newer than Node 22.15.
  for (const row of db.prepare(sql).iterate(...values)) found.push(Number(Object.values(row)[0]));
  return Int32Array.from(found);
};

/** Of a session `s`: where groups and sessions stand by what they come to. */
export const SESSION_RANK = {
  messages: '-s.messages',
  // Malicious, mixed, open, benign; a session without a row is open.
  verdict: `coalesce((SELECT CASE v.verdict WHEN ${SESSION_JUDGED.malicious} THEN 0
    WHEN ${SESSION_JUDGED.mixed} THEN 1 WHEN ${SESSION_JUDGED.open} THEN 2 ELSE 3 END
    FROM session_verdicts v WHERE v.session = s.session), 2)`,
} as const;

const SESSION_ORDERS = {
  first: 's.first, s.key',
  lastSeen: 's.last DESC, s.key',
  firstSeen: 's.first, s.key',
  user: `(SELECT min(x.actor) FROM contexts x WHERE x.session = s.session), s.last DESC, s.key`,
  address: `(SELECT min(x.address) FROM contexts x WHERE x.session = s.session), s.last DESC, s.key`,
  messages: `${SESSION_RANK.messages}, s.last DESC, s.key`,
  verdict: `${SESSION_RANK.verdict}, s.last DESC, s.key`,
} as const;
export type SessionOrder = keyof typeof SESSION_ORDERS;

/** Sessions with at least one context that matches all of the filter. */
export const sessionNumbers = (
  db: DatabaseSync,
  filter: CaseFilter,
  order: SessionOrder,
): RowNumbers => {
  const { where, values } = contextCondition(db, filter);
  const some =
    where === 'TRUE'
      ? ''
      : `WHERE s.session IN (SELECT c.session FROM contexts c ${CONTEXT_JOINS} WHERE ${where})`;
  return numbers(
    db,
    `SELECT s.session FROM sessions s ${some} ORDER BY ${SESSION_ORDERS[order]}`,
    values,
  );
};

// Of the view of copies SQLite would make an index anew for each message.
const FIRST_FOLDER = `nullif(min(
  coalesce((SELECT coalesce(f.name, f.id) FROM folders f WHERE f.folder = m.first_folder), '\uffff'),
  coalesce((SELECT min(coalesce(f.name, f.id)) FROM further_copies x JOIN folders f ON f.folder = x.folder
    WHERE x.message = m.message), '\uffff')), '\uffff')`;

/** Where only malicious contexts are asked for, the times of these count. */
const LAST_BY_INTRUDER = `(SELECT max(x.last) FROM accesses x JOIN judged jx ON jx.context = x.context
  WHERE x.message = m.message AND jx.verdict = ${JUDGED.malicious}) DESC, m.message DESC`;

const MESSAGE_ORDERS = {
  first: 'min(a.first), mb.ident, m.message_id, m.item_id',
  accessed: 'max(a.last) DESC, m.message DESC',
  sender: `coalesce(lower(t.sender), '\uffff'), max(a.last) DESC, m.message`,
  subject: `coalesce(lower(t.subject), '\uffff'), max(a.last) DESC, m.message`,
  folder: `${FIRST_FOLDER}, max(a.last) DESC, m.message`,
  class: `${CLASS_SQL}, max(a.last) DESC, m.message`,
} as const;
export type MessageOrder = keyof typeof MESSAGE_ORDERS;

/** Which contexts a list of messages is about, beside a filter. */
export type ContextScope =
  | { readonly of: 'case' }
  | { readonly of: 'malicious' }
  /** Keys of sessions, or of contexts (`contract.md`, KEY). */
  | { readonly of: 'sessions'; readonly keys: readonly string[] }
  | { readonly of: 'context'; readonly key: string };

const scopeTerm = (scope: ContextScope): ContextCondition => {
  switch (scope.of) {
    case 'case':
      return { where: 'TRUE', values: [] };
    case 'malicious':
      return { where: `j.verdict = ${JUDGED.malicious}`, values: [] };
    case 'sessions':
      return keysTerm(scope.keys);
    case 'context':
      return { where: 'c.key = ?', values: [scope.key] };
  }
};

/** The contexts of a scope that match a filter, for CONTEXT_JOINS; null: all of the case. */
export const contextsAsked = (
  db: DatabaseSync,
  scope: ContextScope,
  filter: CaseFilter,
): ContextCondition | null => {
  const scoped = scopeTerm(scope);
  const matching = contextCondition(db, filter);
  if (scoped.where === 'TRUE' && matching.where === 'TRUE') return null;
  return {
    where: `${scoped.where} AND ${matching.where}`,
    values: [...scoped.values, ...matching.values],
  };
};

/** Messages that contexts of the scope which match the filter accessed; the class is the whole case's. */
export const messageNumbers = (
  db: DatabaseSync,
  scope: ContextScope,
  filter: CaseFilter,
  order: MessageOrder,
): RowNumbers => {
  const asked = contextsAsked(db, scope, filter);
  const terms =
    asked === null
      ? []
      : [
          `m.message IN (SELECT ac.message FROM contexts c ${CONTEXT_JOINS} JOIN accesses ac ON ac.context = c.context
          WHERE ${asked.where})`,
        ];
  if (filter.class !== undefined)
    terms.push(`${CLASS_SQL} = ${EXPOSURE_CLASSES.indexOf(filter.class)}`);
  return numbers(
    db,
    `SELECT m.message FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox
      JOIN accesses a ON a.message = m.message ${CLASS_JOINS}
      LEFT JOIN traces t ON t.message_id = ${TRACE_KEY}
      ${terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`}
      GROUP BY m.message ORDER BY ${
        scope.of === 'malicious' && order === 'accessed' ? LAST_BY_INTRUDER : MESSAGE_ORDERS[order]
      }`,
    asked?.values ?? [],
  );
};

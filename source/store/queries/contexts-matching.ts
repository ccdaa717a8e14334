import type { DatabaseSync } from 'node:sqlite';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { CONTEXT_JOINS, contextCondition } from './context-filter.ts';

/** Keys of the contexts that match a filter, by first time and key. @throws Problem for a range that is none. */
export const contextsMatching = (db: DatabaseSync, filter: CaseFilter): readonly string[] => {
  const { where, values } = contextCondition(db, filter);
  return db
    .prepare(`SELECT c.key FROM contexts c ${CONTEXT_JOINS} WHERE ${where} ORDER BY c.first, c.key`)
    .all(...values)
    .map((row) => row['key'] as string);
};

export const anyContextMatches = (db: DatabaseSync, filter: CaseFilter): boolean => {
  const { where, values } = contextCondition(db, filter);
  const found = db
    .prepare(`SELECT 1 FROM contexts c ${CONTEXT_JOINS} WHERE ${where} LIMIT 1`)
    .get(...values);
  return found !== undefined;
};

/** How many messages they accessed, each counted once. */
export const messagesMatching = (db: DatabaseSync, filter: CaseFilter): number => {
  const { where, values } = contextCondition(db, filter);
  const row = db
    .prepare(
      `SELECT count(DISTINCT a.message) AS messages FROM contexts c ${CONTEXT_JOINS}
      JOIN accesses a ON a.context = c.context WHERE ${where}`,
    )
    .get(...values);
  return Number(row?.['messages']);
};

import type { DatabaseSync } from 'node:sqlite';
import { JUDGED } from './verdict-codes.ts';
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import { CONTEXT_JOINS, contextCondition } from './context-filter.ts';

/** How the contexts that a mark would touch stand now. */
export interface TouchedContexts {
  readonly contexts: number;
  readonly sessions: number;
  readonly malicious: number;
  readonly benign: number;
  readonly messages: number;
}

const TOUCHED = `contexts c LEFT JOIN judged j ON j.context = c.context
  WHERE c.context IN (
    SELECT x.context FROM sessions k JOIN contexts x ON x.session = k.session
      WHERE k.key IN (SELECT value FROM json_each(?))
    UNION SELECT context FROM contexts WHERE key IN (SELECT value FROM json_each(?)))`;

/** `sessions`, `contexts`: their keys. Needs the tables of `judge`. */
export const touchedContexts = (
  db: DatabaseSync,
  sessions: readonly string[],
  contexts: readonly string[],
): TouchedContexts => {
  const keys = [JSON.stringify(sessions), JSON.stringify(contexts)] as const;
  const row = db
    .prepare(
      `SELECT count(*) AS contexts, count(DISTINCT c.session) AS sessions, total(c.messages) AS messages,
        total(j.verdict = ${JUDGED.malicious}) AS malicious, total(j.verdict = ${JUDGED.benign}) AS benign FROM ${TOUCHED}`,
    )
    .get(...keys);
  const figure = (name: string): number => Number(row?.[name] ?? 0);
  return {
    contexts: figure('contexts'),
    sessions: figure('sessions'),
    malicious: figure('malicious'),
    benign: figure('benign'),
    messages: figure('messages'),
  };
};

const VARIED = `SELECT s.key, s.session,
    count(DISTINCT coalesce(c.address, '')) > 1 OR count(DISTINCT coalesce(c.client_info, '')) > 1
    OR count(DISTINCT coalesce(c.device_id, '')) > 1 OR count(DISTINCT coalesce(c.actor, '')) > 1 AS varied
  FROM sessions s JOIN contexts c ON c.session = s.session
  WHERE s.key IN (SELECT value FROM json_each(?)) AND s.contexts > 1 GROUP BY s.session ORDER BY s.first, s.key`;

const TOKENS = `SELECT min(r.token) <> max(r.token) AS several FROM contexts c
  JOIN records r ON r.context = c.context WHERE c.session = ?`;

/**
 * Of these sessions (keys) those whose contexts differ in address, client, device, token or user: a
 * benign verdict asks for each of their contexts (`domain.md`, Verdicts). A session of one context is
 * that context.
 */
export const variedSessions = (
  db: DatabaseSync,
  sessions: readonly string[],
): readonly string[] => {
  const tokens = db.prepare(TOKENS);
  return db
    .prepare(VARIED)
    .all(JSON.stringify(sessions))
    .filter(
      ({ varied, session }) => varied === 1 || tokens.get(session as number)?.['several'] === 1,
    )
    .map(({ key }) => key as string);
};

/** Of these sessions (keys) those of which some contexts are judged malicious, and others are not. */
export const partlyMalicious = (db: DatabaseSync, sessions: readonly string[]): number =>
  Number(
    db
      .prepare(
        `SELECT count(*) AS sessions FROM (
          SELECT 1 FROM sessions s JOIN judged j ON j.session = s.session
          WHERE s.key IN (SELECT value FROM json_each(?)) AND j.verdict = ${JUDGED.malicious}
          GROUP BY s.session HAVING count(*) < s.contexts)`,
      )
      .get(JSON.stringify(sessions))?.['sessions'],
  );

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

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { FACT, NOTHING_JUDGED } from '../../domain/exposure/exposure-class.ts';
import {
  verdictOf,
  type VerdictState,
  verdictBeforeGrowth,
} from '../../domain/verdicts/verdicts.ts';
import { type Prepared, prepareAll } from '../prepared.ts';
import { findContested } from './contested-accesses.ts';
import { REPEATED_TABLE, RepeatedAccesses } from './repeated-accesses.ts';
import { JUDGED, SESSION_JUDGED } from './verdict-codes.ts';
import { digestText } from '../records/keys.ts';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';

const FIGURES = ['messages', 'operations', 'syncs', 'throttled', 'items_missing'] as const;

/** The columns of `contexts` that `contextDigest` reads. */
export const DIGEST_COLUMNS = ['digest_high', 'digest_low', ...FIGURES] as const;

/**
 * What a benign verdict holds for (`Context.digest`): which records, and how much they say. A fuller
 * reading of a record adds messages that nobody has judged, and no record.
 */
export const contextDigest = (row: Readonly<Record<string, SQLOutputValue>>): string => {
  const number = (name: string): number => Number(row[name] ?? 0);
  const ids = digestText(number('digest_high'), number('digest_low'));
  return [ids, ...FIGURES.map(number)].join('-');
};

const TABLES = `
CREATE TEMP TABLE IF NOT EXISTS judged (
  context INTEGER PRIMARY KEY, session INTEGER NOT NULL, mailbox INTEGER NOT NULL,
  verdict INTEGER NOT NULL, grown INTEGER NOT NULL, by_rule INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS temp.judged_by_session ON judged (session);
CREATE INDEX IF NOT EXISTS temp.judged_by_mailbox ON judged (mailbox, verdict);
CREATE TEMP TABLE IF NOT EXISTS message_facts (
  message INTEGER PRIMARY KEY, mailbox INTEGER NOT NULL, identified INTEGER NOT NULL, facts INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS session_verdicts (session INTEGER PRIMARY KEY, verdict INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS touched (message INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS presumed_whole (mailbox INTEGER PRIMARY KEY, facts INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS folder_exposed (message INTEGER PRIMARY KEY);
${REPEATED_TABLE}
DELETE FROM touched; DELETE FROM judged; DELETE FROM message_facts; DELETE FROM session_verdicts;
DELETE FROM repeated;
`;

const sql = {
  contexts: `SELECT c.context, c.key, c.session, c.mailbox, c.records,
    ${DIGEST_COLUMNS.map((column) => `c.${column}`).join(', ')},
    (SELECT j.verdict FROM judged j WHERE j.context = c.context) AS before
    FROM sessions s JOIN contexts c ON c.session = s.session WHERE s.key = ?`,
  judged: 'INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?, ?)',
  touched: 'INSERT OR IGNORE INTO touched SELECT message FROM accesses WHERE context = ?',
  // A session shows a verdict only where all its contexts agree, undecided included.
  session: `INSERT OR REPLACE INTO session_verdicts
    SELECT j.session, CASE sum(j.verdict <> ${JUDGED.open}) WHEN 0 THEN ${SESSION_JUDGED.open} ELSE
      CASE s.contexts WHEN sum(j.verdict = ${JUDGED.malicious}) THEN ${SESSION_JUDGED.malicious}
        WHEN sum(j.verdict = ${JUDGED.benign}) THEN ${SESSION_JUDGED.benign} ELSE ${SESSION_JUDGED.mixed} END END
    FROM judged j JOIN sessions s ON s.session = j.session WHERE j.session = ? GROUP BY j.session`,
} as const;

/** Judged accesses of the messages that were touched, as facts; those of nothing judged have no row. */
const MESSAGE_FACTS = `DELETE FROM message_facts WHERE message IN (SELECT message FROM touched);
INSERT INTO message_facts
  SELECT t.message, m.mailbox, m.message_id IS NOT NULL,
    max(coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.malicious} AND ca.message IS NULL) * ${FACT.malicious}
    | max(coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.malicious} AND ca.message IS NOT NULL) * ${FACT.contested}
    | max(coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.open}) * ${FACT.undecided}
    | max(coalesce(j.verdict, ${JUDGED.open}) = ${JUDGED.benign} AND rp.message IS NOT NULL) * ${FACT.repeat} AS facts
  FROM touched t CROSS JOIN messages m ON m.message = t.message
  CROSS JOIN accesses a ON a.message = t.message LEFT JOIN judged j ON j.context = a.context
  LEFT JOIN contested ca ON ca.context = a.context AND ca.message = a.message
  LEFT JOIN repeated rp ON rp.context = a.context AND rp.message = a.message
  GROUP BY t.message HAVING facts <> ${NOTHING_JUDGED};
DELETE FROM touched`;

/**
 * What the decisions mean for contexts and messages, as temporary tables of this connection: only
 * what has been judged stands in them, everything else is open. Good until records change, and brought
 * up to date after a decision at the cost of what it is about.
 */
export class Judgement {
  readonly #db: DatabaseSync;
  readonly #statements: Prepared<typeof sql>;
  readonly #repeated: RepeatedAccesses;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(TABLES);
    findContested(db);
    this.#statements = prepareAll(db, sql);
    this.#repeated = new RepeatedAccesses(db);
  }

  /** `sessions`: keys of those whose verdicts may have changed. */
  apply(state: VerdictState, sessions: Iterable<string>): void {
    for (const session of sessions) this.#judge(state, session);
    this.#repeated.settle();
    this.#db.exec(MESSAGE_FACTS);
  }

  #judge(state: VerdictState, session: string): void {
    const { contexts, judged, touched, session: verdictOfSession } = this.#statements;
    const rows = contexts.all(session);
    for (const row of rows) {
      const status = verdictOf(state, {
        key: row['key'] as string,
        session,
        records: Number(row['records']),
        digest: contextDigest(row),
      });
      const { verdict, grownSinceVerdict, byRule } = status;
      const value = verdict === null ? JUDGED.open : JUDGED[verdict];
      const [context, mailbox] = [Number(row['context']), Number(row['mailbox'])];
      judged.run(context, Number(row['session']), mailbox, value, grownSinceVerdict, byRule);
      if (value === Number(row['before'] ?? JUDGED.open)) continue;
      touched.run(context);
      this.#repeated.change(context, verdict);
    }
    if (rows[0] !== undefined) verdictOfSession.run(Number(rows[0]['session']));
  }
}

/** Sessions that hold more now than when they were judged. One judged both ways counts as benign: that is open again. */
export interface GrownSessions {
  readonly benign: number;
  readonly malicious: number;
}

const CONTEXTS = `SELECT c.key, c.records, ${DIGEST_COLUMNS.map((column) => `c.${column}`).join(', ')}
  FROM sessions s JOIN contexts c ON c.session = s.session WHERE s.key = ?`;

/** What came to judged sessions since: a look at those with a mark only. */
export const grownSessions = (db: DatabaseSync, state: VerdictState): GrownSessions => {
  const contexts = db.prepare(CONTEXTS);
  const grown = { benign: 0, malicious: 0 };
  for (const session of state.marks.keys()) {
    const verdicts = contexts.all(session).map((row) =>
      verdictBeforeGrowth(state, {
        key: row['key'] as string,
        session,
        records: Number(row['records']),
        digest: contextDigest(row),
      }),
    );
    if (verdicts.includes('benign')) grown.benign += 1;
    else if (verdicts.includes('malicious')) grown.malicious += 1;
  }
  return grown;
};

/**
 * Addresses of contexts judged malicious, without those of the service itself: behind them the
 * actor's address is unknown. Needs the tables of `judge` on this connection.
 */
export const maliciousAddresses = (db: DatabaseSync): ReadonlySet<string> => {
  const rows = db
    .prepare(
      `SELECT DISTINCT c.address FROM judged j JOIN contexts c ON c.context = j.context
      WHERE j.verdict = ? AND c.address IS NOT NULL`,
    )
    .all(JUDGED.malicious);
  const addresses = rows.map((row) => row['address'] as string);
  return new Set(addresses.filter((address) => !isServiceAddress(address)));
};

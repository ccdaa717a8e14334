/** Single figures of sessions and contexts, beside what SessionRows reads whole. */
import type { DatabaseSync } from 'node:sqlite';
import { SESSION_RANK } from './lists.ts';

/** First and last access of the case, in milliseconds since 1970; null in an empty one. */
export const caseSpan = (
  db: DatabaseSync,
): { readonly from: number; readonly to: number } | null => {
  const row = db.prepare('SELECT min(first) AS first, max(last) AS last FROM contexts').get();
  return row?.['first'] == null ? null : { from: Number(row['first']), to: Number(row['last']) };
};

/** Keys of sessions and how many records they have, by their numbers. */
export const sessionSizes = (
  db: DatabaseSync,
  sessions: Iterable<number>,
): readonly { readonly key: string; readonly records: number }[] => {
  const size = db.prepare('SELECT key, records FROM sessions WHERE session = ?');
  return [...sessions].map((session) => {
    const row = size.get(session);
    return { key: row?.['key'] as string, records: Number(row?.['records']) };
  });
};

/** Records of a session that fell under its malicious verdict later. */
export const recordsByRule = (db: DatabaseSync, session: number): number =>
  Number(
    db.prepare('SELECT total(by_rule) AS sum FROM judged WHERE session = ?').get(session)?.['sum'],
  );

/** The same for each context of a session, by key; contexts without a verdict are left out. */
export const recordsByRuleOfContexts = (
  db: DatabaseSync,
  session: number,
): ReadonlyMap<string, number> =>
  new Map(
    db
      .prepare(
        `SELECT c.key, j.by_rule FROM contexts c JOIN judged j ON j.context = c.context
        WHERE c.session = ?`,
      )
      .all(session)
      .map((row) => [row['key'] as string, Number(row['by_rule'])]),
  );

export const mailboxesOfSession = (db: DatabaseSync, session: number): readonly number[] =>
  db
    .prepare('SELECT DISTINCT mailbox FROM contexts WHERE session = ?')
    .all(session)
    .map(({ mailbox }) => Number(mailbox));

/** Records of sessions (their numbers as JSON) by slice: `width` milliseconds each, from `from` on. */
export const recordsBySlice = (
  db: DatabaseSync,
  sessions: string,
  from: number,
  width: number,
): readonly { readonly slice: number; readonly records: number }[] =>
  db
    .prepare(
      `SELECT CAST((r.time - ?) / ? AS INTEGER) AS slice, count(*) AS records FROM contexts c
      JOIN records r ON r.context = c.context
      WHERE c.session IN (SELECT value FROM json_each(?)) GROUP BY slice`,
    )
    .all(from, width, sessions)
    .map((row) => ({ slice: Number(row['slice']), records: Number(row['records']) }));

/** What a list sorted so is ordered by: figures of a session, by its number, each ascending. */
export const sessionRank = (
  db: DatabaseSync,
  sort: keyof typeof SESSION_RANK,
): ((session: number) => readonly [rank: number, last: number]) => {
  const rank = db.prepare(
    `SELECT ${SESSION_RANK[sort]} AS rank, -s.last AS last FROM sessions s WHERE s.session = ?`,
  );
  return (session) => {
    const row = rank.get(session);
    return [Number(row?.['rank']), Number(row?.['last'])];
  };
};

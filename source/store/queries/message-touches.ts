import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { MessageTouches, SessionTouch } from '../../domain/exposure/message.ts';
import { toIso } from '../records/record-time.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';

const TOUCHES = `SELECT s.key, min(a.first) AS first, max(a.last) AS last,
    min(coalesce(j.verdict, ${JUDGED.open})) AS least, max(coalesce(j.verdict, ${JUDGED.open})) AS most,
    json_group_array(DISTINCT c.actor) AS actors, json_group_array(DISTINCT c.address) AS addresses,
    json_group_array(DISTINCT c.client) AS clients
  FROM accesses a JOIN contexts c ON c.context = a.context JOIN sessions s ON s.session = c.session
  LEFT JOIN judged j ON j.context = a.context
  WHERE a.message = ? GROUP BY s.session ORDER BY first, s.key`;

const listed = (json: SQLOutputValue | undefined): readonly string[] =>
  (JSON.parse(json as string) as (string | null)[]).filter((value) => value !== null).sort();

const verdictOf = (least: number, most: number): SessionTouch['verdict'] =>
  least === most ? verdictOfCode(least) : 'mixed';

/** Sessions that accessed a message (its number), the first access first: at most so many, and how many there are. */
export const touchesOf = (db: DatabaseSync, message: number, most: number): MessageTouches => {
  const rows = db.prepare(TOUCHES).all(message);
  const sessions = rows.slice(0, most).map((row) => ({
    key: row['key'] as string,
    verdict: verdictOf(Number(row['least']), Number(row['most'])),
    actors: listed(row['actors']),
    addresses: listed(row['addresses']),
    clients: listed(row['clients']),
    first: toIso(Number(row['first'])),
    last: toIso(Number(row['last'])),
  }));
  return { message, sessions, total: rows.length };
};

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import type { JoinedSignIn } from '../../domain/sessions/sign-in-join.ts';
import { toIso } from '../records/record-time.ts';
import { TRACE_KEY } from '../records/keys.ts';
import { SessionIds } from './session-ids.ts';
import { SessionSignIns } from './session-sign-ins.ts';
import { textOrNull } from './sql-text.ts';

/** As many rows as there are: what SQLite takes for no limit. */
export const EVERYTHING = -1;

export interface SearchedRow {
  readonly row: number;
  readonly text: string;
}

/**
 * What texts of rows already read depend on: traces and sign-ins that came in, contexts that joined a
 * session, sources that went. Where it is the same, only rows behind the last one are new.
 */
export const searchState = (
  db: DatabaseSync,
): { readonly sessions: string; readonly messages: string } => {
  const count = (sql: string): string => String(db.prepare(sql).get()?.['state'] ?? 0);
  // A cancelled import's numbers are used again, by another file: its name tells them apart.
  const sources = count(`SELECT group_concat(source || state || file) AS state FROM sources`);
  return {
    sessions:
      `${sources}/${count('SELECT max(context) AS state FROM contexts')}` +
      `/${count('SELECT max(sign_in_row) AS state FROM sign_in_rows')}` +
      `/${count('SELECT count(*) AS state FROM other_session_ids')}`,
    messages: `${sources}/${count('SELECT max(trace_row) AS state FROM trace_rows')}`,
  };
};

const CONTEXTS = `SELECT actor, address, app_id, client_app_id, first, last FROM contexts
  WHERE session = ?`;

/** Application, device, place, network and address: what a session is known by. */
const wordsOf = ({ signIn }: JoinedSignIn): readonly (string | null)[] => [
  ...[signIn.app, signIn.clientApp, signIn.address, signIn.city, signIn.country],
  signIn.network === null ? null : `AS${signIn.network}`,
  ...[signIn.device, signIn.deviceId, signIn.operatingSystem, signIn.browser],
];

/** What the sign-ins of sessions say, each word of it once; a session may have thousands of them. */
class SignInWords {
  readonly #signIns: SessionSignIns;
  readonly #contexts: StatementSync;

  constructor(db: DatabaseSync) {
    this.#signIns = new SessionSignIns(db);
    this.#contexts = db.prepare(CONTEXTS);
  }

  of(session: number, sessionId: string | null): readonly (string | null)[] {
    if (this.#signIns.isEmpty) return [];
    const contexts = this.#contexts.all(session).map((row) => ({
      ...{ actor: textOrNull(row['actor']), address: textOrNull(row['address']) },
      ...{ appId: textOrNull(row['app_id']), clientAppId: textOrNull(row['client_app_id']) },
      ...{ firstSeen: toIso(Number(row['first'])), lastSeen: toIso(Number(row['last'])) },
    }));
    return [...new Set(this.#signIns.of(session, sessionId, contexts).flatMap(wordsOf))];
  }
}

/**
 * User, mailbox, client, addresses and ids of sessions numbered above `after`, at most so many, and
 * what the sign-ins joined to them say.
 */
export function* sessionTexts(
  db: DatabaseSync,
  after: number,
  most: number,
): Generator<SearchedRow> {
  const rows =
    db.prepare(`SELECT s.session, s.key, s.session_id, group_concat(DISTINCT coalesce(c.actor, '') || ' '
      || coalesce(o.name, '') || ' ' || coalesce(c.address, '') || ' ' || c.client || ' ' || coalesce(c.app_id, '') || ' '
      || coalesce(c.client_app_id, '') || ' ' || coalesce(c.device_id, '') || ' ' || coalesce(c.client_info, '')) AS contexts
    FROM sessions s JOIN contexts c ON c.session = s.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
    LEFT JOIN owners o ON o.owner = mb.owner WHERE s.session > ? GROUP BY s.session ORDER BY s.session LIMIT ?`);
  const signIns = new SignInWords(db);
  const ids = new SessionIds(db);
  for (const row of rows.iterate(after, most)) {
    const { contexts, session_id: id, key } = row;
    const session = Number(row['session']);
    const parts = [
      contexts,
      id,
      ...ids.others(session),
      key,
      ...signIns.of(session, id as string | null),
    ];
    yield { row: session, text: parts.filter((part) => part !== null).join(' ') };
  }
}

/** While texts of many rows are read, metadata stays in memory (16 MiB): it lies in another order. */
export const readMuch = (db: DatabaseSync): void => db.exec('PRAGMA cache_size = -16384');
export const readLittle = (db: DatabaseSync): void =>
  db.exec('PRAGMA cache_size = -2000; PRAGMA shrink_memory');

const MESSAGES = `SELECT m.message, m.message_id, m.item_id, m.first_folder, t.subject, t.sender,
    json_extract(t.text, '$.recipients') AS recipients
  FROM messages m LEFT JOIN traces t ON m.traced = 1 AND t.message_id = ${TRACE_KEY}
  WHERE m.message > ? ORDER BY m.message LIMIT ?`;
const FURTHER = `SELECT message, group_concat(folder) AS folders FROM further_copies
  WHERE message > ? AND message <= ? GROUP BY message`;

/** Messages whose further folders are asked for in one. */
const BATCH = 2048;

const folderNames = (db: DatabaseSync): ReadonlyMap<string, string> =>
  new Map(
    db
      .prepare('SELECT folder, name FROM folders WHERE name IS NOT NULL')
      .all()
      .map(({ folder, name }) => [String(folder), name as string]),
  );

/** Subject, sender, recipients, ids and folders of messages numbered above `after`, at most so many. */
export function* messageTexts(
  db: DatabaseSync,
  after: number,
  most: number,
): Generator<SearchedRow> {
  const names = folderNames(db);
  const messages = db.prepare(MESSAGES);
  const further = db.prepare(FURTHER);
  let [from, left] = [after, most === EVERYTHING ? Infinity : most];
  while (left > 0) {
    const rows = messages.all(from, Math.min(BATCH, left));
    const last = Number(rows.at(-1)?.['message'] ?? from);
    const copies = further.all(from, last).map((row) => [row['message'], row['folders']] as const);
    const folders = new Map(copies);
    for (const row of rows) {
      const seen = `${row['first_folder'] ?? ''},${folders.get(row['message'] ?? null) ?? ''}`;
      const recipients = storedJson((row['recipients'] ?? '[]') as string) as readonly string[];
      const parts = [
        row['subject'],
        row['sender'],
        ...recipients,
        row['message_id'],
        row['item_id'],
      ];
      const named = new Set(seen.split(',').map((folder) => names.get(folder)));
      const text = [...parts, ...named].filter((part) => part != null).join(' ');
      yield { row: Number(row['message']), text };
    }
    if (rows.length < BATCH) return;
    [from, left] = [last, left - rows.length];
  }
}

import type { DatabaseSync } from 'node:sqlite';
import type { Mailbox } from '../../domain/sessions/session.ts';
import {
  type ContextVerdict,
  verdictOf,
  type VerdictState,
} from '../../domain/verdicts/verdicts.ts';
import { contextDigest, DIGEST_COLUMNS } from './judgement.ts';
import { textOrNull } from './sql-text.ts';

export interface JudgedContext extends ContextVerdict {
  readonly key: string;
  /** Of its session. */
  readonly session: string;
  readonly mailbox: Mailbox;
  readonly address: string | null;
  readonly client: string;
  readonly records: number;
}

const JUDGED_CONTEXTS = `SELECT c.key, s.key AS session, mb.guid, o.name AS owner, c.address, c.client, c.records,
    ${DIGEST_COLUMNS.map((column) => `c.${column}`).join(', ')}
  FROM judged j JOIN contexts c ON c.context = j.context JOIN sessions s ON s.session = c.session
  JOIN mailboxes mb ON mb.mailbox = c.mailbox LEFT JOIN owners o ON o.owner = mb.owner ORDER BY c.key`;

/** Contexts of the sessions that any mark names, by key. Needs the tables of `Judgement`. */
export function* judgedContexts(db: DatabaseSync, state: VerdictState): Generator<JudgedContext> {
  for (const row of db.prepare(JUDGED_CONTEXTS).iterate()) {
    const [key, session, records] = [
      String(row['key']),
      String(row['session']),
      Number(row['records']),
    ];
    yield {
      ...verdictOf(state, { key, session, records, digest: contextDigest(row) }),
      mailbox: { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) },
      address: textOrNull(row['address']),
      client: String(row['client']),
      ...{ key, session, records },
    };
  }
}

/** How many records a context of this key has; null: the case has no such context. */
export const recordsOfContext = (db: DatabaseSync, key: string): number | null => {
  const row = db.prepare('SELECT records FROM contexts WHERE key = ?').get(key);
  return row === undefined ? null : Number(row['records']);
};

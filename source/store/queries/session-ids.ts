import type { DatabaseSync } from 'node:sqlite';
import { normaliseSessionId } from '../../domain/sessions/session.ts';
import { keyOfSessionId } from '../records/keys.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  any: 'SELECT 1 FROM other_session_ids LIMIT 1',
  others: `SELECT DISTINCT o.session_id FROM contexts c JOIN other_session_ids o ON o.context = c.context
    WHERE c.session = ? ORDER BY o.session_id`,
  withOther: `SELECT DISTINCT s.key FROM other_session_ids o JOIN contexts c ON c.context = o.context
    JOIN sessions s ON s.session = c.session WHERE o.session_id = ? ORDER BY s.key`,
  named: 'SELECT key FROM sessions WHERE key = ?',
} as const;

/** The ids that records state beside the one of their session, and the sessions these lead to. */
export class SessionIds {
  readonly #statements: Prepared<typeof sql>;

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  /** Of a session by its number: sorted, each once. */
  others(session: number): readonly string[] {
    return this.#statements.others.all(session).map((row) => row['session_id'] as string);
  }

  /** Keys of the sessions of which records state this id beside their own. */
  withOther(id: string): readonly string[] {
    return this.#statements.withOther
      .all(normaliseSessionId(id))
      .map((row) => row['key'] as string);
  }

  /**
   * Keys of the sessions that share an id with this one, whichever field held it: not judged with it,
   * and worth a look (`domain.md`, Reading 5). Sorted.
   */
  kin(key: string, sessionId: string | null, others: readonly string[]): readonly string[] {
    if (sessionId === null || this.#statements.any.get() === undefined) return [];
    const { named } = this.#statements;
    const keys = [
      ...[sessionId, ...others].flatMap((id) => this.withOther(id)),
      ...others.map(keyOfSessionId).filter((one) => named.get(one) !== undefined),
    ];
    return [...new Set(keys)].filter((one) => one !== key).sort();
  }
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type JoinedSignIn,
  LIKELY_BEFORE,
  signInsOf,
  type SignInTraits,
} from '../../domain/sessions/sign-in-join.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import { signInOfText } from '../records/sign-in-text.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  any: 'SELECT 1 FROM sign_ins LIMIT 1',
  bySession: 'SELECT text FROM sign_ins WHERE session_id = ?',
  byOtherId: `SELECT i.text FROM contexts c JOIN other_session_ids o ON o.context = c.context
    JOIN sign_ins i ON i.session_id = o.session_id WHERE c.session = ?`,
  otherIds: `SELECT DISTINCT o.session_id FROM contexts c
    JOIN other_session_ids o ON o.context = c.context WHERE c.session = ?`,
  tokens: `SELECT DISTINCT t.token FROM contexts c JOIN tokens t ON t.context = c.context
    WHERE c.session = ?`,
  byToken: `SELECT i.text FROM contexts c JOIN tokens t ON t.context = c.context
    JOIN sign_ins i ON i.token = t.token WHERE c.session = ?`,
  likely: `SELECT i.text FROM contexts c JOIN sign_ins i ON i.address = c.address
    AND i.time BETWEEN c.first - ${LIKELY_BEFORE} AND c.last
    WHERE c.session = ? AND (i.user = c.actor OR i.user_id = c.actor OR i.app_id = c.actor)`,
} as const;

type Statements = Prepared<typeof sql>;

/** The sign-ins of sessions (`domain/sessions/sign-in-join.ts`), found by their indexes. */
export class SessionSignIns {
  readonly #statements: Statements;
  readonly #none: boolean;

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
    this.#none = this.#statements.any.get() === undefined;
  }

  #found(statement: StatementSync, value: string | number): readonly SignIn[] {
    return statement.all(value).map((row) => signInOfText(row['text'] as string));
  }

  /** The case holds no sign-in log. */
  get isEmpty(): boolean {
    return this.#none;
  }

  /** `session`: its number. In order of time; empty where the case holds no sign-in log. */
  of(
    session: number,
    sessionId: string | null,
    contexts: SignInTraits['contexts'],
  ): readonly JoinedSignIn[] {
    if (this.#none) return [];
    const { bySession, byOtherId, byToken, likely, otherIds, tokens } = this.#statements;
    const certain = new Map<string, SignIn>();
    const named = sessionId === null ? [] : this.#found(bySession, sessionId);
    for (const one of [
      ...named,
      ...this.#found(byOtherId, session),
      ...this.#found(byToken, session),
    ])
      certain.set(one.id, one);
    // Of two contexts that meet in one sign-in it is found twice.
    const hints = certain.size > 0 ? [] : this.#found(likely, session);
    const candidates = new Map([
      ...certain,
      ...hints.map((one) => [one.id, one] as const),
    ]).values();
    const held = tokens.all(session).map((row) => row['token'] as string);
    const others = otherIds.all(session).map((row) => row['session_id'] as string);
    const sessionIds = new Set(sessionId === null ? others : [sessionId, ...others]);
    return signInsOf(candidates, { sessionIds, tokens: new Set(held), contexts });
  }
}

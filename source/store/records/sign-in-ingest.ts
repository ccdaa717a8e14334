import type { DatabaseSync } from 'node:sqlite';
import { contradicts, foldSignIns } from '../../domain/sessions/sign-in-fold.ts';
import { type SignIn, tokenOfRequest } from '../../domain/sessions/sign-in.ts';
import { toMs } from './record-time.ts';
import { ROW_OUTCOME } from './schema.ts';
import type { RowPosition } from './occurrences.ts';
import { signInOfText, signInText } from './sign-in-text.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  add: `INSERT INTO sign_in_rows (id, outcome, source, line, start, length, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  rows: 'SELECT sign_in_row, outcome, text FROM sign_in_rows WHERE id = ? ORDER BY sign_in_row',
  setOutcome: 'UPDATE sign_in_rows SET outcome = ? WHERE sign_in_row = ?',
  drop: 'DELETE FROM sign_ins WHERE id = ?',
  put: `INSERT OR REPLACE INTO sign_ins (id, time, session_id, token, address, user, user_id, app_id, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  idsOf: 'SELECT DISTINCT id FROM sign_in_rows WHERE source = ? LIMIT ?',
  dropRows: 'DELETE FROM sign_in_rows WHERE source = ? AND id = ?',
} as const;

type Statements = Prepared<typeof sql>;

/** Takes rows of sign-in logs in, and keeps the one entry of each id up to date. */
export class SignInIngest {
  readonly #statements: Statements;
  readonly #unsettled = new Set<string>();

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  take(signIn: SignIn, { source, line, start, length }: RowPosition): void {
    const text = signInText(signIn);
    this.#statements.add.run(signIn.id, ROW_OUTCOME.duplicate, source, line, start, length, text);
    this.#unsettled.add(signIn.id);
  }

  /** Drops rows of a source, at most those of so many ids; how many ids it were. */
  dropRows(source: number, most: number): number {
    const ids = this.#statements.idsOf.all(source, most).map((row) => row['id'] as string);
    for (const id of ids) {
      this.#statements.dropRows.run(source, id);
      this.#unsettled.add(id);
    }
    return ids.length;
  }

  /** Gives rows their outcomes and writes what they say together; inside the caller's transaction. */
  flush(): void {
    for (const id of this.#unsettled) this.#settle(id);
    this.#unsettled.clear();
  }

  /**
   * Fates follow from all rows of an id, so that they add up alike in any order: one is accepted,
   * those that say the same or less are duplicates, those that contradict are conflicts.
   */
  #settle(id: string): void {
    const rows = this.#statements.rows.all(id).map((row) => ({
      number: Number(row['sign_in_row']),
      outcome: Number(row['outcome']),
      signIn: signInOfText(row['text'] as string),
    }));
    if (rows.length === 0) {
      this.#statements.drop.run(id);
      return;
    }
    const folded = foldSignIns(rows.map(({ signIn }) => signIn));
    let accepted = false;
    for (const { number, outcome, signIn } of rows) {
      const conflict = contradicts(signIn, folded);
      const due = conflict
        ? ROW_OUTCOME.conflict
        : accepted
          ? ROW_OUTCOME.duplicate
          : ROW_OUTCOME.accepted;
      accepted ||= !conflict;
      if (due !== outcome) this.#statements.setOutcome.run(due, number);
    }
    this.#put(folded);
  }

  #put(signIn: SignIn): void {
    this.#statements.put.run(
      signIn.id,
      toMs(signIn.time),
      signIn.sessionId,
      signIn.tokenId ?? tokenOfRequest(signIn.id),
      signIn.address,
      signIn.user,
      signIn.userId,
      signIn.appId,
      signInText(signIn),
    );
  }
}
